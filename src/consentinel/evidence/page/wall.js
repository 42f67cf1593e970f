// Tells what keeps to the wall clock however far page time runs ahead: workers, and a document that is to be loaded anew.
(kit) => {
  "use strict";
  const { native, push, method, getter } = kit;
  const query = method(Document.prototype.querySelector);
  const content = getter(HTMLMetaElement.prototype, "content");
  const read = globalThis.parseFloat;
  const services = (() => { try { return navigator.serviceWorker; } catch { return undefined; } })();
  const controller = services ? getter(ServiceWorkerContainer.prototype, "controller") : () => null;
  const script = services ? getter(ServiceWorker.prototype, "scriptURL") : () => "";
  const posts = []; // one for each worker that this document has started
  const posted = new WeakMap(); // worker -> its post

  const refresh = () => { // ms until the document is to be loaded anew, null where it is not
    const asked = query(document, "meta[http-equiv=refresh i]");
    const left = asked ? read(content(asked)) * 1000 - native.perf() : NaN;
    return left === left ? (left > 0 ? left : 0) : null;
  };
  const workers = () => { // the addresses of their scripts, in one text: a page may decide what becomes of a list
    let told = "";
    for (let n = 0; n < posts.length; n += 1) told += `${posts[n].script}\n`;
    const service = services && controller(services);
    return service ? told + script(service) : told;
  };
  return {
    __proto__: null,
    hire: (worker, address) => {
      const post = { __proto__: null, script: address };
      push(posts, post);
      native.learn(posted, worker, post);
    },
    dismiss: (worker) => {
      const post = native.known(posted, worker);
      if (post) post.script = "";
    },
    refresh,
    workers,
  };
}
