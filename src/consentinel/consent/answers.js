// What answers are called that grant and that refuse, and labels of switches that refuse while they are on.

const I = "(?:(?:i|we|je|ich|yo|ik|io|eu|me|jag|jeg) |j['’])?"; // "yes", and "I agree"

// How a switch stands.
const ON = 'on|enabled?|active|activ(é|ée|ado|ada|ato|ata)|attiv[oa]|attivat[oa]|aktiv(iert|erad|eret)?|eingeschaltet|ingeschakeld|'
  + 'povoleno|zapnuto|włączon[ey]|ενεργό|オン';
const OFF = 'off|disabled?|inactive|désactivée?|desactivad[oa]|desativad[oa]|disattiv(o|a|ato|ata)|inaktiv|deaktiv(iert|eret)|inaktiverad|'
  + 'ausgeschaltet|uitgeschakeld|zakázáno|vypnuto|wyłączon[ey]|ανενεργό|オフ';

// Words that answer yes or no where an answer begins with them, and those that do where they are the whole of it.
const YES = `${ON}|yes|true|1|allow|accept|agree|consent|grant|oui|ja|s[ií]|sim|accepter?|autorise|akzeptieren?|erlauben?|`
  + 'stimme zu|acepto|accetto|aceito|akkoord|toestaan|tillåt|tillad|tak|ano|zezwalaj|ναι|да|так|はい|許可|예|허용|是|允许|允許|نعم|سماح|כן|'
  + 'da|igen|kyllä|evet|jah|taip|jā|áno';
const NO = `${OFF}|no|false|0|do not|don['’]t|never|deny|refuse|reject|decline|disallow|disagree|non|nein|nicht|nee|não|refuser|ablehnen|`
  + "stimme nicht|akzeptiere nicht|erlaube nicht|lehne|n['’]accepte|n['’]autorise|opongo|rechazo|rifiuto|weiger|weigeren|"
  + 'neka|nej|nie|ne|όχι|нет|ні|いいえ|拒否|아니요|거부|否|拒绝|拒絕|لا|رفض|לא|'
  + 'nu|nem|ei|älä|en hyväksy|en salli|inte|ikke|niet|hayır|δεν|μη|не|\\p{L}+ (inte|ikke|nicht|niet|pas)';

// How words begin, in further languages, that allow and that refuse.
const ALLOWS = 'zulassen|zustimm|einverstanden|acept|accett|aceit|permit|permet|autoriz|consent|conced|akcept|zezwal|zezw[oó]l|zgadz|povol|dovol|dopust|přij[ií]m|prij[ií]m|'
  + 'souhlas|súhlas|prihva|slažem|strinja|elfogad|engedély|hozzájárul|hyväks|salli|godkänn|godta|godkend|tillat|samtyck|samtykke|'
  + 'sta toe|kabul e|izin ver|αποδ[εέοό]χ|επιτρ[εέ]|συμφων|συναιν|прин[ия]м|разреш|соглас|прийм|дозвол|погодж|приема|съглас|прихват|'
  + 'sutink|leisti|leidž|piekr|atļau|nõust|luban|同意|接受|동의|수락';
const REFUSES = 'rechaz|deneg|prohib|recus|rejeit|negar|rifiut|refuz|resping|bloqu|blocc|refús|rebutj|odrzu|odmaw|zabron|zablok|'
  + 'odmít|odmiet|zakáz|zakaz|nepovol|nesouhlas|nesúhlas|odbij|odbac|zavrn|elutas|tilt|letilt|hylk[aä]|hylää|kiell|estä|avvis|avböj|'
  + 'afvis|avsl[aå]|afwijz|reddet|engelle|απ[οό]ρρ|αρνο|αρνού|απαγορ|откл|запре|откаж|отказ|відхил|заборон|отхвър|забран|одбиј|'
  + 'atmes|nesut|noraid|nepiekr|keeldu|拒|不|同意し(?:ない|ません)|許可し(?:ない|ません)|동의하지|동의 안';
const POSITIVE = new RegExp(`^${I}(?:(?:${YES})(?![\\p{L}\\p{N}])|(?:${ALLOWS})|(?:an|ein|aan|på|til)$)`, 'iu');
const NEGATIVE = new RegExp(`^${I}(?:(?:${NO})(?![\\p{L}\\p{N}])|(?:${REFUSES})|(?:aus|uit|av|fra)$)`, 'iu');

// What is no name: it says how a switch stands, or that it always stands so.
const ALWAYS = 'always|toujours|immer|siempre|sempre|altijd|alltid|altid|aina|zawsze|vždy|mindig|întotdeauna|uvijek|vedno|vienmēr|visada|alati|'
  + 'πάντα|всегда|завжди|винаги|her zaman|常に|항상|始终';
const STANDING = new RegExp(`^(?:(?:${ON}|${OFF}|an|ein|aan|på|til|aus|uit|av|fra)|(?:${ALWAYS})(?![\\p{L}]).*)$`, 'iu');

const OBJECTIONS = [
  'opt(ed|ing)?[ -]?out', 'object', "do(n't| not)", 'refuse', 'disable', 'block', 'exclude', 'reject', 'decline',
  "m'opposer", "s'opposer", 'opposition', 'refuser', 'désactiver', 'widersprechen', 'widerspruch', 'ablehnen', 'deaktivieren',
  'nicht', 'oponerme', 'oponerse', 'rechazar', 'opporsi', 'mi oppongo', 'rifiuta', 'bezwaar', 'weiger', 'uitschakelen',
  'sprzeciw', 'odrzuć', 'invänd', 'neka', 'avvisa', 'recusar', 'opor-se',
].join('|');
const OPTS_OUT = new RegExp(`^((i|we|please|je|ich|yo|io|ik) )?(${OBJECTIONS})(?![\\p{L}])|\\bopt[ -]?out$|widerspr(uch|echen)$|ablehnen$`, 'iu');

// Whether a label says that what is on refuses; one that speaks of refusing further on explains itself alone.
const optsOut = (label) => OPTS_OUT.test(label);
