// Knows which elements are about to call back: what they fetch is there before a script has run, or the page has heard.
(kit) => {
  "use strict";
  const { native, push, method, getter, isLazy, before } = kit;
  const MOST = 50; // pictures of one kind that are waited for; a page that shows more, one after the other, has no last one
  const GIVEN_UP = 2000; // ms of wall time, after which an element is not expected to call back any more
  const isConnected = getter(Node.prototype, "isConnected");
  const owner = getter(Node.prototype, "ownerDocument");
  const attribute = method(Element.prototype.getAttribute);
  const said = (self, name) => native.lower(attribute(self, name) || "");
  // Types of scripts that are run (HTML, "JavaScript MIME type essence match"), those of today.
  const types = { __proto__: null, "": true, module: true, "text/javascript": true, "application/javascript": true,
    "application/x-javascript": true, "text/ecmascript": true, "application/ecmascript": true };
  const has = (self, word) => native.indexOf(said(self, "rel"), word) >= 0;
  // Whether an element of this kind fetches, as it is now. What waits to be scrolled to does not.
  const fetches = {
    __proto__: null,
    script: (self) => isConnected(self) && types[said(self, "type")] && attribute(self, "nomodule") === null,
    link: (self) => isConnected(self) && (has(self, "stylesheet") || has(self, "preload")),
    iframe: (self) => isConnected(self) && !isLazy(self),
    img: (self) => !isLazy(self),
  };
  const pictures = { __proto__: null }; // kind of address -> how many pictures were asked for
  const isOneOfMany = (self, address) => {
    if (self.localName !== "img") return false;
    const kind = kit.kindOf(before(address, "?"));
    pictures[kind] = (pictures[kind] || 0) + 1;
    return pictures[kind] > MOST;
  };
  const posts = new WeakMap(); // element -> what is known of it
  const waiting = [];
  return {
    __proto__: null,
    expect: (self, address) => {
      if (!fetches[self.localName] || isOneOfMany(self, address)) return;
      let post = native.known(posts, self);
      if (!post) {
        post = { __proto__: null, self, isOpen: false, since: null };
        const heard = (event) => { if (event.isTrusted) post.isOpen = false; };
        native.learn(posts, self, post);
        native.listen(self, "load", heard);
        native.listen(self, "error", heard);
      }
      if (!post.isOpen) push(waiting, post);
      post.isOpen = true;
      post.since = null;
    },
    // How many are expected. The page is asked when nothing is on its way any more: from then on time counts.
    count: () => {
      let count = 0;
      let kept = 0;
      for (let n = 0; n < waiting.length; n += 1) {
        const post = waiting[n];
        if (post.isOpen && owner(post.self) === document && fetches[post.self.localName](post.self)) {
          if (post.since === null) post.since = native.perf();
          if (native.perf() - post.since > GIVEN_UP) post.isOpen = false;
          else count += 1;
        }
        if (post.isOpen) {
          waiting[kept] = post;
          kept += 1;
        }
      }
      waiting.length = kept;
      return count;
    },
  };
}
