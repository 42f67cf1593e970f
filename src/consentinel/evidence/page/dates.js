// Turns the dates that a page gives its cookies into the browser's time: page time runs ahead of it, and a browser that
// is told "expires now" by a page's clock would keep the cookie.
(kit) => {
  "use strict";
  const { native, method, time } = kit;
  const exec = method(RegExp.prototype.exec);
  const toText = method(Date.prototype.toUTCString);
  const utc = Date.UTC.bind(Date);
  // The dates of cookies as browsers read them (RFC 6265, section 5.1.1).
  const TOKEN = /[^\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/g;
  const CLOCK = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D|$)/;
  const DAY = /^(\d{1,2})(?:\D|$)/;
  const YEAR = /^(\d{2,4})(?:\D|$)/;
  const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec ";
  const EXPIRES = /^\s*expires\s*=([^]*)$/i;
  const monthOf = (word) =>
    word.length < 3 ? -1 : native.indexOf(MONTHS, `${native.lower(native.slice(word, 0, 3))} `) / 4;
  const read = (text) => { // ms since 1970, NaN for what is no date
    let clock = null;
    let day = null;
    let month = null;
    let year = null;
    let found;
    TOKEN.lastIndex = 0;
    for (let token = exec(TOKEN, text); token !== null; token = exec(TOKEN, text)) {
      const word = token[0];
      if (clock === null && (found = exec(CLOCK, word))) clock = found;
      else if (day === null && (found = exec(DAY, word))) day = +found[1];
      else if (month === null && monthOf(word) >= 0) month = monthOf(word);
      else if (year === null && (found = exec(YEAR, word))) year = +found[1];
    }
    if (clock === null || day === null || month === null || year === null) return NaN;
    const full = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
    return utc(full, month, day, +clock[1], +clock[2], +clock[3]);
  };
  const moved = (attribute) => {
    const found = exec(EXPIRES, attribute);
    const date = found ? read(found[1]) : NaN;
    return date === date ? ` expires=${toText(new native.Date(date - time.shift))}` : attribute;
  };
  return {
    __proto__: null,
    // The text of a cookie whose date is the browser's.
    ofCookie: (text) => {
      if (!time.shift) return text;
      let made = "";
      for (let from = 0; ;) {
        const end = native.indexOf(text, ";", from);
        const part = native.slice(text, from, end < 0 ? text.length : end);
        made += from ? moved(part) : part;
        if (end < 0) return made;
        made += ";";
        from = end + 1;
      }
    },
  };
}
