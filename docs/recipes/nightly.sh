#!/usr/bin/env bash
# A nightly run by plain cron, with a mail when the answer is another one than the night before. For instance:
#
#   17 3 * * *  SITE=shop MAIL_TO=privacy@example.org /opt/consent/nightly.sh
#
# SITE       profile of the site (default: the reference site)
# BROWSERS   browsers, separated by blanks (default: chromium firefox)
# MAIL_TO    who gets the mail; nobody does where it is empty
# MAILER     program called as: MAILER -s SUBJECT RECIPIENT < TEXT (default: mail)
# FOLDER     where it runs and keeps its reports (default: the folder of this script)
# PYTHON     a Python that has Consentinel installed (default: .venv/bin/python)
# REPORTS    folder of reports, history and log (default: reports/nightly)
# SELECT     more options of pytest, such as: -m P24
#
# Exit code: the run's own, as docs/exit-codes.md has it; 75 if the night before is still running.
set -uo pipefail
cd "${FOLDER:-$(dirname "${BASH_SOURCE[0]}")}" || exit 4

site=${SITE:-reference}
python=${PYTHON:-.venv/bin/python}
reports=${REPORTS:-reports/nightly}
history=$reports/history.sqlite
read -ra browsers <<<"${BROWSERS:-chromium firefox}"
read -ra select <<<"${SELECT:-}"

mkdir -p "$reports" || exit 4
exec 9>"$reports/lock"
flock --nonblock 9 || { echo "nightly: the last run is not over" >&2; exit 75; }

arguments=(--site "$site" --report "$reports/latest" --history "$history" --fail-on inconclusive)
for browser in "${browsers[@]}"; do arguments+=(--browser "$browser"); done
if [ -f "$history" ]; then arguments+=(--baseline); fi

# No child keeps the lock: a browser that outlives the run would lock out the next night.
"$python" -m consentinel run "${arguments[@]}" "${select[@]}" >"$reports/log.txt" 2>&1 9>&-
code=$?

case $code in
    0) answer="all that was asked was kept" ;;
    1) answer="a promise was broken" ;;
    10) answer="some promises could not be told" ;;
    11) answer="something changed since the baseline" ;;
    5) answer="no scenario was tested" ;;
    12) answer="an error kept scenarios from an answer" ;;
    *) answer="the run did not come to an end (exit code $code)" ;;
esac

# What is compared with the night before: the answer and what it rests on, without dates and run numbers.
{
    echo "$site: $answer."
    case $code in
        0 | 1 | 10 | 11 | 12)
            echo
            "$python" -m consentinel summary "$reports/latest/run.json" --history "$history" 9>&-
            ;;
        *) tail -n 5 "$reports/log.txt" ;;
    esac
} >"$reports/answer.new"

if ! cmp --silent "$reports/answer.new" "$reports/answer.txt"; then
    mv "$reports/answer.new" "$reports/answer.txt"
    if [ -n "${MAIL_TO:-}" ]; then
        {
            cat "$reports/answer.txt"
            printf '\nReport: %s/latest/index.html on %s\nTo accept what changed: consentinel history accept --history %s\n' \
                "$reports" "$(hostname)" "$history"
        } | "${MAILER:-mail}" -s "Consent at $site: $answer" "$MAIL_TO" 9>&- \
            || { echo "nightly: the mail could not be sent" >&2; rm -f "$reports/answer.txt"; }
    fi
else
    rm -f "$reports/answer.new"
fi

exit "$code"
