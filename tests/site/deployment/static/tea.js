// Where the two home-made managers keep the choice: a cookie with the granted categories.
const teaChoice = {
  read() {
    const kept = document.cookie.match(/(?:^|; )tea_choice=([a-z.]*)/);
    return kept ? kept[1].split('.').filter(Boolean) : null;
  },
  write(granted) {
    document.cookie = `tea_choice=${granted.join('.')}; path=/; max-age=${180 * 24 * 3600}; secure; samesite=lax`;
  },
};
