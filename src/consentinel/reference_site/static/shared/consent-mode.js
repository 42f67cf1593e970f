  // Google's consent mode, on sites that tell the tag of consent through window.dataLayer.
  const PURPOSES = ["ad_storage", "analytics_storage", "ad_user_data", "ad_personalization"];
  const REGION = "FR";
  const LETTERS = { denied: { "": "p", denied: "q", granted: "r" }, granted: { "": "t", denied: "u", granted: "v" },
    "": { "": "l", denied: "m", granted: "n" } };

  /** What was said of each purpose by the default and by the update; null on a site without consent mode. */
  function consent() {
    if (!window.dataLayer) return null;
    const said = Object.fromEntries(PURPOSES.map((purpose) => [purpose, { default: "", update: "" }]));
    for (const command of window.dataLayer) {
      const isCommand = Object.prototype.toString.call(command) === "[object Arguments]" && command[0] === "consent";
      if (!isCommand || (command[2].region && !command[2].region.includes(REGION))) continue;
      PURPOSES.forEach((purpose) => { said[purpose][command[1]] = command[2][purpose] ?? said[purpose][command[1]]; });
    }
    return said;
  }

  const isDenied = (told) => (told.update || told.default) === "denied";

  function signals() {
    const said = consent();
    if (said === null) return {};
    const flags = PURPOSES.slice(0, 2).map((purpose) => (isDenied(said[purpose]) ? 0 : 1));
    const letters = PURPOSES.map((purpose, n) => `${n === 3 ? 2 : 3}${LETTERS[said[purpose].default][said[purpose].update]}`);
    return { gcs: `G1${flags.join("")}`, gcd: `1${letters.join("")}5l1`, dma: 1,
      npa: isDenied(said.ad_personalization) ? 1 : 0 };
  }
