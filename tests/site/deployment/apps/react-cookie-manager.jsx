// A site's consent part with react-cookie-manager: banner and preferences are rendered in a portal.
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { CookieManager, useCookieConsent } from 'react-cookie-manager';

const CATEGORIES = { Analytics: 'analytics', Social: 'social', Advertising: 'advertising' };

function Applied() {
  const { detailedConsent, openPreferencesModal } = useCookieConsent();
  useEffect(() => {
    const allowed = Object.keys(CATEGORIES).filter((name) => detailedConsent?.[name]?.consented);
    site.apply(detailedConsent ? allowed.map((name) => CATEGORIES[name]) : null);
  }, [detailedConsent]);
  useEffect(() => {
    document.getElementById('preferences').onclick = () => openPreferencesModal();
  }, [openPreferencesModal]);
  return null;
}

createRoot(document.body.appendChild(document.createElement('div'))).render(
  <CookieManager showManageButton privacyPolicyUrl="/cookies" displayType="popup" disableAutomaticBlocking>
    <Applied />
  </CookieManager>,
);
