// Makes a page or a worker read other traits of the device: its canvas, graphics, sound, processor and screen. What
// changes with them was computed of them. `number` says which device it shall seem to be; all looks and works as before.
function altered(number) {
  "use strict";
  const { apply } = Reflect;
  const { defineProperty: define, getOwnPropertyDescriptor: describe } = Object;
  const of = (name) => globalThis[name] && globalThis[name].prototype;
  const around = (owner, name, make) => {
    const found = owner && describe(owner, name);
    if (!found || typeof found.value !== "function") return;
    const original = found.value;
    define(owner, name, { ...found, value: { [name](...args) { return make(original, this, args); } }[name] });
  };
  const read = (owner, name, make) => {
    const found = owner && describe(owner, name);
    if (!found || !found.get) return;
    define(owner, name, { ...found, get() { return make(apply(found.get, this, [])); } });
  };

  // ---- pictures: a copy with another point in its corner is read
  const copied = (canvas, copy) => {
    if (!canvas.width || !canvas.height) return canvas;
    const context = copy.getContext("2d");
    context.drawImage(canvas, 0, 0);
    context.fillStyle = `rgb(${(number * 53) % 256}, ${(number * 97) % 256}, 90)`;
    context.fillRect(0, 0, 1, 1);
    return copy;
  };
  for (const name of ["toDataURL", "toBlob"]) {
    around(of("HTMLCanvasElement"), name, (original, self, args) => {
      const copy = document.createElement("canvas");
      copy.width = self.width;
      copy.height = self.height;
      return apply(original, copied(self, copy), args);
    });
  }
  around(of("OffscreenCanvas"), "convertToBlob", (original, self, args) =>
    apply(original, copied(self, new OffscreenCanvas(self.width || 1, self.height || 1)), args));
  for (const name of ["CanvasRenderingContext2D", "OffscreenCanvasRenderingContext2D"]) {
    around(of(name), "getImageData", (original, self, args) => {
      const picture = apply(original, self, args);
      picture.data[0] = (picture.data[0] + number * 53) % 256;
      return picture;
    });
  }
  read(of("TextMetrics"), "width", (width) => width + number / 4096);

  // ---- graphics
  const MAKERS = [0x1f00, 0x1f01, 0x9245, 0x9246]; // VENDOR, RENDERER and their unmasked twins
  for (const name of ["WebGLRenderingContext", "WebGL2RenderingContext"]) {
    around(of(name), "getParameter", (original, self, args) => {
      const found = apply(original, self, args);
      return typeof found === "string" && MAKERS.includes(args[0]) ? `${found} ${number}` : found;
    });
    around(of(name), "readPixels", (original, self, args) => {
      apply(original, self, args);
      if (ArrayBuffer.isView(args[6]) && args[6].length) args[6][0] += number;
    });
  }

  // ---- sound: too little to be heard
  const louder = (samples) => {
    for (let n = 0; n < samples.length; n += 100) samples[n] += number / 65536;
  };
  const changed = new WeakSet();
  around(of("AudioBuffer"), "getChannelData", (original, self, args) => {
    const samples = apply(original, self, args);
    if (!changed.has(samples)) louder(samples);
    changed.add(samples);
    return samples;
  });
  around(of("AudioBuffer"), "copyFromChannel", (original, self, args) => {
    apply(original, self, args);
    louder(args[0]);
  });
  for (const name of ["getFloatFrequencyData", "getFloatTimeDomainData"]) {
    around(of("AnalyserNode"), name, (original, self, args) => {
      apply(original, self, args);
      louder(args[0]);
    });
  }

  // ---- what the device says of itself
  for (const owner of [of("Navigator"), of("WorkerNavigator")]) {
    for (const name of ["hardwareConcurrency", "deviceMemory"]) read(owner, name, (count) => count + number);
    for (const name of ["userAgent", "appVersion"]) {
      read(owner, name, (text) => text.replace(/(\d)(\D*)$/, `$1${number}$2`));
    }
  }
  for (const name of ["width", "height", "availWidth", "availHeight"]) {
    read(of("Screen"), name, (length) => length + number);
  }

  // ---- workers: the proxy leads in the scripts that pass it; those that a page has written itself begin so here
  const { createObjectURL: named } = URL;
  const lead = `(${altered})(${number});`;
  const written = new Map(); // the address of a text that the page has written -> the text
  const led = (address) => {
    const [, kind, packed, text] = /^data:([^,]*?)(;base64)?,(.*)$/is.exec(address) || [];
    if (packed) return `data:${kind};base64,${btoa(lead + atob(decodeURIComponent(text)))}`;
    if (kind !== undefined) return `data:${kind},${encodeURIComponent(lead)}${text}`;
    const blob = written.get(address);
    return blob ? apply(named, URL, [new Blob([lead, blob], { type: blob.type })]) : address;
  };
  around(URL, "createObjectURL", (original, self, args) => {
    const address = apply(original, self, args);
    if (args[0] instanceof Blob) written.set(address, args[0]);
    return address;
  });
  around(URL, "revokeObjectURL", (original, self, args) => {
    written.delete(String(args[0]));
    return apply(original, self, args);
  });
  for (const name of ["Worker", "SharedWorker"]) {
    const found = describe(globalThis, name);
    if (!found) continue;
    define(globalThis, name, { ...found, value: new Proxy(found.value, {
      construct(target, [address, ...rest], made) {
        let begun = address;
        try { begun = led(String(address)); } catch { /* no base64: the browser says what it thinks of it */ }
        return Reflect.construct(target, [begun === String(address) ? address : begun, ...rest], made);
      },
    }) });
  }
}
