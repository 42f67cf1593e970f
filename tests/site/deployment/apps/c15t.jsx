// A site's consent part with c15t for React: a banner and a dialog, each in a portal at the end of the body.
import { ConsentBanner, ConsentDialog, ConsentManagerProvider, useConsentManager } from '@c15t/react';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';

const CATEGORIES = { measurement: 'analytics', marketing: 'advertising' };

function Applied() {
  const { consents, hasConsented, setActiveUI } = useConsentManager();
  const chosen = hasConsented();
  useEffect(() => {
    site.apply(chosen ? Object.keys(CATEGORIES).filter((name) => consents[name]).map((name) => CATEGORIES[name]) : null);
  }, [chosen, consents]);
  useEffect(() => {
    document.getElementById('preferences').onclick = () => setActiveUI('dialog');
  }, [setActiveUI]);
  return null;
}

const options = {
  mode: 'offline',
  consentCategories: ['necessary', 'measurement', 'marketing'],
  overrides: { country: 'DE' },
  reloadOnConsentRevoked: false,
};

createRoot(document.body.appendChild(document.createElement('div'))).render(
  <ConsentManagerProvider options={options}>
    <ConsentBanner />
    <ConsentDialog />
    <Applied />
  </ConsentManagerProvider>,
);
