// A consent dialog as a web component with an open shadow root; its buttons have shadow roots of their own.
class TeaButton extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: 'open' }).innerHTML = '<button type="button"><slot></slot></button>';
  }
}

const french = {
  'Cookies with your tea?': 'Des cookies avec votre thé ?', 'Accept all': 'Tout accepter', 'Refuse all': 'Tout refuser', Choose: 'Personnaliser',
  'Necessary cookies': 'Cookies nécessaires', Statistics: 'Mesure d’audience', 'Social networks': 'Réseaux sociaux', Advertising: 'Publicité',
  'Allow advertising': 'Autoriser la publicité', 'Refuse advertising': 'Refuser la publicité', Save: 'Enregistrer', Back: 'Retour',
};

class TeaConsent extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: site.manners.includes('closed') ? 'closed' : 'open' });
    this.root = root;
    const inFrench = (markup) => Object.entries(french).reduce((text, [ours, theirs]) => text.replaceAll(ours, theirs), markup);
    const markup = `
      <style>
        section { position: fixed; inset: auto 1rem 1rem; padding: 1rem; background: Canvas; border: 1px solid; animation: rise .3s; }
        section[hidden] { display: none; }
        @keyframes rise { from { transform: translateY(4rem); } }
        li { list-style: none; margin: .5rem 0; }
        [role=switch] { display: inline-block; inline-size: 2.5rem; block-size: 1.2rem; border: 1px solid; border-radius: 1rem; cursor: pointer; }
        [aria-checked=true] { background: Highlight; }
        [aria-pressed=true] { font-weight: bold; outline: 2px solid; }
      </style>
      <section class="ask front" role="dialog" hidden>
        <p>Cookies with your tea?</p>
        <tea-button class="yes">Accept all</tea-button>
        <tea-button class="no">Refuse all</tea-button>
        <tea-button class="more">Choose</tea-button>
      </section>
      <section class="choose front" role="dialog" hidden>
        <ul>
          <li class="necessary"><span>Necessary cookies</span>, always on</li>
          <li><span id="a">Statistics</span> <span role="switch" tabindex="0" aria-checked="false" aria-labelledby="a" data-category="analytics"></span></li>
          <li><label><input type="checkbox" name="social"> Social networks</label></li>
          <li class="advertising">Advertising
            <button type="button" class="grant" aria-label="Allow advertising" aria-pressed="false">Allow</button>
            <button type="button" class="refuse" aria-label="Refuse advertising" aria-pressed="false">Refuse</button></li>
        </ul>
        <tea-button class="save">Save</tea-button>
        <tea-button class="yes">Accept all</tea-button>
        <tea-button class="no">Refuse all</tea-button>
        <tea-button class="back">Back</tea-button>
      </section>`;
    root.innerHTML = site.manners.includes('french') ? inFrench(markup) : markup;
    const on = (selector, act) => root.querySelectorAll(selector).forEach((e) => e.addEventListener('click', () => act(e)));
    if (site.manners.includes('no-refusal')) root.querySelectorAll('.no, .more').forEach((button) => button.remove());
    on('.yes', () => this.choose(['analytics', 'social', 'advertising']));
    on('.no', () => this.choose([]));
    on('.more', () => this.show('choose'));
    on('.back', () => this.show(teaChoice.read() ? '' : 'ask'));
    on('.save', () => this.choose(this.shown()));
    on('[role=switch]', (e) => e.setAttribute('aria-checked', e.getAttribute('aria-checked') !== 'true'));
    on('.grant', () => this.press(true));
    on('.refuse', () => this.press(false));
  }

  press(granted) {
    this.root.querySelector('.grant').setAttribute('aria-pressed', granted);
    this.root.querySelector('.refuse').setAttribute('aria-pressed', !granted);
  }

  shown() {
    const root = this.root;
    const granted = [];
    if (root.querySelector('[role=switch]').getAttribute('aria-checked') === 'true') granted.push('analytics');
    if (root.querySelector('input').checked) granted.push('social');
    if (root.querySelector('.grant').getAttribute('aria-pressed') === 'true') granted.push('advertising');
    return granted;
  }

  show(which) {
    const root = this.root;
    const kept = teaChoice.read();
    root.querySelector('[role=switch]').setAttribute('aria-checked', Boolean(kept?.includes('analytics')));
    root.querySelector('input').checked = Boolean(kept?.includes('social'));
    if (kept) this.press(kept.includes('advertising'));
    for (const name of ['ask', 'choose']) root.querySelector(`.${name}`).hidden = name !== which;
  }

  choose(granted) {
    this.show('');
    this.dispatchEvent(new CustomEvent('choice', { detail: granted }));
  }
}

customElements.define('tea-button', TeaButton);
customElements.define('tea-consent', TeaConsent);
