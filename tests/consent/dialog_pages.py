"""The pages of the small sites, and what a profile says of each dialog."""

from __future__ import annotations

from tests.consent.dialog_parts import (
    ASKS,
    BAR,
    FOOT,
    FORM,
    LABELLED,
    LINKS,
    ONE_BY_ONE,
    OPENS,
    RADIO_PAIRS,
    RADIOS,
    SAVES,
    SERVED_RADIOS,
    STARTS_OFF,
    STARTS_ON,
    SWITCHES,
    TOGGLES,
    USUAL,
    Kind,
    in_dialog,
    in_menu,
    inputs,
    on_a_tab,
    usual,
)

KINDS: dict[str, Kind] = {
    "transparent": usual(LABELLED, "#dlg input { position: absolute; opacity: 0; }"),
    "clipped": usual(
        LABELLED, "#dlg input { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); }"
    ),
    "off-the-page": usual(LABELLED, "#dlg input { position: absolute; left: -9999px; }"),
    "without-size": usual(LABELLED, "#dlg input { appearance: none; width: 0; height: 0; margin: 0; border: 0; }"),
    "not-shown": usual(LABELLED, "#dlg input { display: none; }"),
    "wrapped": usual(inputs("<label>Allow {}", "</label>"), "#dlg input { position: absolute; opacity: 0; }"),
    "slider": usual(
        inputs("Allow {} <span class=slide>", "</span>"),
        ".slide { display: inline-block; width: 40px; height: 20px; background: #999; } .slide input { opacity: 0; }",
    ),
    "link-in-label": usual(
        inputs("<label>", " I allow <a href='/elsewhere'>the cookies for {}, about which this tells more</a></label>"),
        "#dlg input { display: none; }",
    ),
    "without-a-box": usual(LABELLED, "#bar:not([hidden]), #dlg:not([hidden]) { display: contents; }"),
    "never-opened": usual(LABELLED, "#dlg { display: none !important; }", "on('more', () => $('more').remove());"),
    # The banner comes once the page's own link was clicked, and the preferences that it opens come in front of it.
    "behind": usual(
        LABELLED,
        "#bar { animation: comes 0.5s; } @keyframes comes { from { transform: translateY(-9px); } }",
        "hide('bar'); on('again', () => { show('bar'); setTimeout(() => { fill(); show('dlg'); }, 200); });",
    ),
    "labelled-by": usual(
        "".join(
            f"<p id=name-{n}>Allow {n}</p>"
            f"<i role=switch tabindex=0 id={n} aria-checked=false aria-labelledby=name-{n}></i>"
            for n in ("analytics", "advertising")
        ),
        "#dlg i { display: inline-block; width: 40px; height: 20px; background: #999; }",
        """ALL.forEach((one) => { on(one, () => { $(one).ariaChecked = String($(one).ariaChecked !== 'true'); });
        Object.defineProperty($(one), 'checked', { get() { return this.ariaChecked === 'true'; },
        set(value) { this.ariaChecked = String(value); } }); });""",
    ),
    "menu-of-details": in_menu("<details><summary>Menu</summary>[[again]]</details>"),
    "menu-of-button": in_menu(
        "<button id=unfold aria-controls=menu>Menu</button><nav id=menu hidden>[[again]]</nav>",
        "on('unfold', () => { $('menu').hidden = !$('menu').hidden; });",
    ),
    "menu-beside": in_menu(
        """<nav><button id=unfold aria-expanded=false>Menu</button>
<div id=menu style='height:0;overflow:hidden'>[[again]]</div></nav>""",
        "on('unfold', () => { $('unfold').ariaExpanded = 'true'; $('menu').style.height = ''; });",
    ),
    "radios": Kind(
        USUAL + RADIO_PAIRS,
        {
            "": in_dialog(
                RADIOS,
                "#dlg input { position: absolute; opacity: 0; }",
                "on('more', () => { mark(); hide('bar'); show('dlg'); }); on('again', () => { mark(); show('dlg'); });"
                "function mark() { ALL.forEach((one) => { const is = shown().includes(one);"
                "$(one).checked = is; $('no-' + one).checked = !is && Boolean(kept()); }); }",
            )
        },
    ),
    "inverted": Kind(
        USUAL
        + """
[consent.dialog.categories.analytics]
control = "#analytics"
inverted = true
[consent.dialog.categories.advertising]
control = "#advertising"
inverted = true
""",
        {
            "": in_dialog(
                inputs("<label>", " Opt out of {}</label>"),
                script="""on('more', () => { turn(); hide('bar'); show('dlg'); });
on('again', () => { turn(); show('dlg'); });
                function turn() { ALL.forEach((one) => { $(one).checked = !shown().includes(one); }); }
                on('save', () => { keep(ALL.filter((one) => !$(one).checked)); hide('dlg', 'bar'); });""",
            )
        },
    ),
    "at-once": Kind(
        USUAL.replace('save = ["#save"]', 'at_once = true\nclose = ["#close"]') + SWITCHES,
        {
            "": f"""{BAR}<div id=dlg hidden>{inputs("<label>", " {}</label>")}
<button id=close>Close</button></div>{FOOT}
            <script>{ASKS}{OPENS} on('close', () => hide('dlg', 'bar'));
            ALL.forEach((one) => {{ $(one).onchange = () => keep(boxes()); }});</script>"""
        },
    ),
    "at-once-and-anew": Kind(
        USUAL.replace('save = ["#save"]', "at_once = true") + SWITCHES,
        {
            "": f"""{BAR}<div id=dlg hidden>{inputs("<label>", " {}</label>")}</div>{FOOT}<script>{ASKS}{OPENS}
            ALL.forEach((one) => {{ $(one).onchange = () => {{ keep(boxes()); location.reload(); }}; }});</script>"""
        },
    ),
    "links": Kind(
        USUAL + RADIO_PAIRS,
        {
            "": f"{LINKS}<script>on('yes', () => {{ keep(ALL); hide('bar'); }}); if (!kept()) show('bar');</script>",
            "settings": FORM.format(kind="links", inside=f"{SERVED_RADIOS}<button id=save>Save</button>")
            + "<footer><a id=again href='/links/settings'>Cookies</a></footer>",
        },
    ),
    "forms": Kind(
        """banner = "#bar"
accept = ["#yes"]
refuse = ["#no"]
preferences = ["#more"]
reopen = ["#again"]
dialog = "#dlg"
at_once = true

[consent.dialog.categories.analytics]
grant = "#yes-analytics"
refuse = "#no-analytics"
[consent.dialog.categories.advertising]
grant = "#yes-advertising"
refuse = "#no-advertising"
""",
        {
            "": LINKS.replace("/links/", "/forms/")
            + "<script>on('yes', () => { keep(ALL); hide('bar'); }); if (!kept()) show('bar');</script>",
            "settings": f"<div id=dlg>{ONE_BY_ONE}</div>",
        },
    ),
    "stays-open": Kind(
        USUAL + 'saved = "#told"\n' + SWITCHES,
        {
            "": f"{BAR}<footer><a id=again href='/stays-open/settings'>Cookies</a></footer><script>{ASKS}"
            "on('more', () => { location.href = '/stays-open/settings'; });</script>",
            "settings": f"""<div id=dlg>{inputs("<label>", " {}</label>")}<button id=save>Save</button></div>
            <p id=told hidden>Your choice was saved.</p><script>fill();
            on('save', () => {{ keep(boxes()); setTimeout(() => show('told'), 100); }});</script>""",
        },
    ),
    "second-frame": Kind(
        USUAL + 'dialog_frame = "#frame"\n' + SWITCHES,
        {
            "": f"""{BAR}<iframe id=frame hidden src="/second-frame/inside" width=500 height=200></iframe>
{FOOT}<script>{ASKS}
            on('more', () => {{ hide('bar'); show('frame'); }});
on('again', () => {{ frames[0].location.reload(); show('frame'); }});
            addEventListener('message', () => hide('frame', 'bar'));</script>""",
            "inside": f"""<div id=dlg>{LABELLED}<button id=save>Save</button></div><script>fill();
            on('save', () => {{ keep(boxes()); parent.postMessage('saved', '*'); }});</script>""",
        },
    ),
    "framed-banner": Kind(
        USUAL.replace('["#again"]', '["#again"]\nframe = "#frame"\ndialog_frame = ":root"') + SWITCHES,
        {
            "": f"""<iframe id=frame hidden src="/framed-banner/inside" width=500 height=100></iframe>
            <div id=dlg hidden>{LABELLED}<button id=save>Save</button></div>{FOOT}<script>
            if (!kept()) show('frame'); on('again', () => {{ fill(); show('dlg'); }});
            on('save', () => {{ keep(boxes()); hide('dlg', 'frame'); }});
            addEventListener('message', (m) => {{ hide('frame'); if (m.data === 'more') {{ fill();
show('dlg'); }} }});</script>""",
            "inside": BAR.replace(" hidden", "")
            + """<script>on('yes', () => { keep(ALL); parent.postMessage('', '*'); });
            on('no', () => { refuse(); parent.postMessage('', '*'); });
            on('more', () => parent.postMessage('more', '*'));</script>""",
        },
    ),
    "back-to-the-banner": Kind(
        USUAL + SWITCHES,
        {"": in_dialog(LABELLED, script="on('again', () => { hide('dlg'); show('bar'); });")},
    ),
    "steps": Kind(
        USUAL.replace('refuse = ["#no"]', 'refuse = ["#more", "#none", "#sure"]').replace('"#dlg"', '"#dlg, #ask"')
        + SWITCHES,
        {
            "": f"""<div id=bar hidden>Cookies? <button id=yes>Accept all</button>
<button id=more>Settings</button></div>
            <div id=dlg hidden>{LABELLED}<button id=none>Nothing</button><button id=save>Save</button></div>
            <div id=ask class=layer hidden>Are you sure?
<button id=sure>Yes</button></div>{FOOT}<script>{ASKS}{OPENS}{SAVES}
            on('none', () => {{ hide('dlg'); setTimeout(() => show('ask'), 150); }});
            on('sure', () => {{ refuse(); hide('ask'); }});</script>"""
        },
    ),
    "two-managers": Kind(
        """banner = "#bar, #bar2"
accept = ["#yes", "#yes2"]
refuse = ["#no", "#no2"]
""",
        {
            "": f"""{BAR}<div id=bar2 class=layer hidden>And partners? <button id=yes2>OK</button>
<button id=no2>No</button></div>
            <script>{ASKS} if (!kept()) show('bar2'); on('yes2', () => hide('bar2'));
on('no2', () => hide('bar2'));</script>"""
        },
    ),
    "by-region": Kind(
        USUAL.replace('"#bar"', '"#bandeau || x-bar >>> .none || #bar"').replace('["#yes"]', '["#oui || #yes"]')
        + SWITCHES,
        {"": in_dialog(LABELLED)},
    ),
    "marked": Kind(
        USUAL
        + "".join(
            f'\n[consent.dialog.categories.{n}]\ncontrol = "#{n}"\non = "#{n}.is-on"\n'
            for n in ("analytics", "advertising")
        ),
        {
            "": in_dialog(
                TOGGLES,
                ".toggle { padding: 6px; } .is-on { background: #9c9; }",
                """ALL.forEach((one) => { on(one, () => $(one).classList.toggle('is-on'));
                Object.defineProperty($(one), 'checked', { get() { return this.classList.contains('is-on'); },
                set(value) { this.classList.toggle('is-on', value); } }); });""",
            )
        },
    ),
    # What is on another part of the preferences.
    "tab-on": on_a_tab("Legitimate interest", STARTS_ON.format("Market research")),
    "tab-off": on_a_tab("Legitimate interest", STARTS_OFF.format("Market research")),
    "tab-objects": on_a_tab("Vendors", STARTS_ON.format("Object to Acme Ltd")),
    "tab-of-another-kind": on_a_tab("Display", STARTS_ON.format("Large letters")),
    "tab-service": on_a_tab("Services", STARTS_ON.format("Acme Analytics")),
    "folded-on": usual(f"{LABELLED}<details><summary>Our partners</summary>{STARTS_ON.format('Acme Ltd')}</details>"),
    "rendered-late": usual(
        f"{LABELLED}<button id=open aria-expanded=false>Vendors</button><div id=list></div>",
        script=f"""on('open', () => {{ $('open').ariaExpanded = 'true';
        setTimeout(() => {{ $('list').innerHTML = '{STARTS_ON.format("Acme Ltd")}'; }}, 200); }});""",
    ),
    "never-shown": usual(f"{LABELLED}<div hidden>{STARTS_ON.format('Acme Analytics')}</div>"),
    "named-panel": usual(
        f"{LABELLED}<u id=open>What else</u><div id=list hidden>{STARTS_ON.format('Acme Analytics')}</div>",
        script="on('open', () => show('list'));",
        more='panels = ["#open"]\n',
    ),
}
