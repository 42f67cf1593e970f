// What consent managers declare of stored items, by their documented configuration. Nothing is called that acts.
const text = (value) => (typeof value === "string" ? value : "");
const list = (value) => (Array.isArray(value) ? value : value && typeof value === "object" ? Object.values(value) : []);

// The page's expressions are of another realm than this script where a driver runs it in a sandbox.
const isPattern = (value) => Object.prototype.toString.call(value) === "[object RegExp]";

// A cookie as managers write it: a name, a pattern, [pattern, path, host], or {name or pattern, domain}.
const cookie = (value) => {
  const [said, host] = Array.isArray(value)
    ? [value[0], value[2]]
    : value && typeof value === "object" && !isPattern(value)
      ? [value.name ?? value.pattern, value.domain]
      : [value, ""];
  if (isPattern(said)) return { pattern: said.source, host: text(host) };
  return text(said).startsWith("^") ? { pattern: said, host: text(host) } : { name: text(said), host: text(host) };
};
const entry = (category, required, provider, cookies) => ({
  category: list(category).concat(text(category)).map(text).filter(Boolean).join(" "),
  required: Boolean(required),
  provider: text(provider),
  cookies: list(cookies).map(cookie),
});

const services = (config) =>
  list(config?.services ?? config?.apps).map((one) =>
    entry(one.purposes ?? one.purpose, one.required, one.title ?? one.name, one.cookies),
  );
const purposes = (all) =>
  list(all).flatMap((one) => [
    entry(`${text(one.id)} ${text(one.title)}`, one.isMandatory, one.title, one.cookies),
    ...purposes(one.purposes),
  ]);

const of = {
  klaro: () => services(window.klaro?.getManager?.()?.config ?? window.klaroConfig),
  orejime: () => {
    const config = window.orejime?.config ?? window.orejime?.internals?.config ?? window.orejimeConfig;
    return [...services(config), ...purposes(config?.purposes)];
  },
  tarteaucitron: () => {
    const used = new Set([...Object.keys(window.tarteaucitron?.added ?? {}), ...list(window.tarteaucitron?.job)]);
    const known = window.tarteaucitron?.services ?? {};
    return [...used]
      .filter((key) => known[key])
      .map((key) => entry(known[key].type, !known[key].needConsent, known[key].name, known[key].cookies));
  },
  "vanilla-cookieconsent": () => {
    const ask = window.CookieConsent?.getConfig;
    const categories = Object.entries(ask?.("categories") ?? {});
    const names = categories.flatMap(([key, one]) => [
      entry(key, one.readOnly, "", one.autoClear?.cookies),
      ...list(one.services).map((service) => entry(key, one.readOnly, service.label, service.cookies)),
    ]);
    const translations = list(ask?.("language")?.translations).filter((one) => one && typeof one === "object");
    const tables = translations
      .flatMap((one) => list(one.preferencesModal?.sections))
      .filter((section) => section.cookieTable?.body && section.cookieTable?.headers)
      .map((section) => {
        const keys = Object.keys(section.cookieTable.headers);
        return {
          category: `${text(section.linkedCategory)} ${text(section.title)}`,
          table: {
            header: keys.map((key) => text(section.cookieTable.headers[key])),
            rows: list(section.cookieTable.body).map((row) => keys.map((key) => text(row[key]))),
          },
        };
      });
    return [...names, ...tables];
  },
};

const declared = (most) => {
  const found = Object.values(of).flatMap((read) => {
    try {
      return read();
    } catch {
      return []; // a page may call something of its own by a manager's name
    }
  });
  const said = found.filter((one) => one.table || one.cookies.length);
  return JSON.stringify(said).length <= most ? said : [];
};
