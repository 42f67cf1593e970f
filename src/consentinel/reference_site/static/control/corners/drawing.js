/* A page that draws for ever. */
const draw = () => requestAnimationFrame(draw);
draw();
