/** Buttons to choose a colour by. */

const COLORS = {
  Coral: '#ee9c8b',
  Amber: '#f0c25c',
  Lime: '#b6d05f',
  Teal: '#7fc8b8',
  Violet: '#b5a1dc',
  Rose: '#ec9fc1',
  Slate: '#a9b2bd',
};

/** Calls back with the colour that is chosen; with null for the colour that the map gave. */
export function swatches(current, onChoose) {
  const group = L.DomUtil.create('fieldset', 'swatches');
  L.DomUtil.create('legend', '', group).textContent = 'Colour on the map';
  for (const [name, color] of Object.entries(COLORS)) {
    const swatch = button(group, color === current, () => onChoose(color));
    swatch.className = 'swatch';
    swatch.style.setProperty('--swatch', color);
    swatch.title = name;
    swatch.ariaLabel = name;
  }
  button(group, current === null, () => onChoose(null)).textContent = 'Original';
  return group;
}

function button(group, pressed, onClick) {
  const button = L.DomUtil.create('button', '', group);
  button.type = 'button';
  button.ariaPressed = pressed;
  button.addEventListener('click', () => {
    group.disabled = true; // until this is done
    onClick();
  });
  return button;
}
