// Draws a diagram of cards on a grid as SVG, light or dark. Knows nothing about what the cards mean.

/** Column and row, both from 0. */
type Place = readonly [column: number, row: number];

export type Icon = keyof typeof icons;

export interface Card {
  readonly id: string;
  readonly at: Place;
  readonly icon: Icon;
  readonly title: string;
  readonly note: string;
}

export interface Diagram {
  readonly title: string;
  /** What the picture shows, for screen readers. */
  readonly description: string;
  /** Labeled boxes behind the cards from one place to another. */
  readonly areas: readonly { readonly label: string; readonly from: Place; readonly to: Place }[];
  readonly cards: readonly Card[];
  /** Arrows between neighbors in a row, or from a card to the one below it. */
  readonly arrows: readonly { readonly from: string; readonly to: string; readonly label?: string }[];
  readonly footer: string;
}

export type Theme = keyof typeof themes;

const themes = {
  light: {
    page: '#ffffff',
    area: '#f4f7fb',
    areaLine: '#d5deea',
    card: '#ffffff',
    cardLine: '#cdd6e1',
    title: '#1b2735',
    note: '#5b6b7d',
    arrow: '#6b7c90',
  },
  dark: {
    page: '#0d1117',
    area: '#131b26',
    areaLine: '#2a3648',
    card: '#1b2533',
    cardLine: '#36455a',
    title: '#e8eef6',
    note: '#9fb0c3',
    arrow: '#8496ab',
  },
} as const;

/** Line drawings on 24 by 24 pixels, each with its color. */
const icons = {
  service: { color: '#3b82f6', path: 'M4 7l8-4 8 4v10l-8 4-8-4z M4 7l8 4 8-4 M12 11v10' },
  bus: { color: '#db2777', path: 'M3 12h18 M7 12V6 M12 12V6 M17 12V6 M9 18v-6 M15 18v-6' },
  queue: { color: '#db2777', path: 'M4 6h4v12H4z M10 6h4v12h-4z M16 6h4v12h-4z' },
  function: { color: '#ea7317', path: 'M5 4h4l7 16h4 M11 10L5 20' },
  table: { color: '#7c3aed', path: 'M4 5h16v14H4z M4 10h16 M4 14.5h16 M10 10v9' },
  archive: { color: '#4d9a2a', path: 'M4 6h16l-2 13H6z M4 6c3 2 13 2 16 0 M9 12h6' },
  network: {
    color: '#6d5bd0',
    path: 'M12 3a9 9 0 100 18 9 9 0 000-18z M3 12h18 M12 3c4 5 4 13 0 18 M12 3c-4 5-4 13 0 18',
  },
  page: { color: '#3b82f6', path: 'M3 5h18v14H3z M3 9h18 M6 13h6 M6 16h9' },
} as const;

/** Pixels. */
const card = { width: 200, height: 68 };
const step = { x: 266, y: 128 };
const origin = { x: 24, y: 48 };
const padding = { side: 14, top: 30, bottom: 16 };
const footerHeight = 36;

const font = `-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif`;

/** The picture; two calls with equal arguments give equal texts. Fails when an arrow names an unknown card. */
export function drawDiagram(diagram: Diagram, themeName: Theme): string {
  const theme = themes[themeName];
  const columns = 1 + Math.max(...diagram.cards.map(({ at: [column] }) => column));
  const rows = 1 + Math.max(...diagram.cards.map(({ at: [, row] }) => row));
  const width = 2 * origin.x + (columns - 1) * step.x + card.width;
  const height = origin.y + (rows - 1) * step.y + card.height + padding.bottom + footerHeight;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description" font-family="${font}">`,
    `<title id="title">${escapeXml(diagram.title)}</title>`,
    `<desc id="description">${escapeXml(diagram.description)}</desc>`,
    `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0.5L7.5 4L0 7.5z" fill="${theme.arrow}"/></marker></defs>`,
    `<rect width="${width}" height="${height}" rx="10" fill="${theme.page}"/>`,
    ...diagram.areas.map((area) => drawArea(area, theme)),
    ...diagram.arrows.map((arrow) => drawArrow(arrow, diagram.cards, theme)),
    ...diagram.cards.map((one) => drawCard(one, theme)),
    text(diagram.footer, { x: width / 2, y: height - 16, size: 13, fill: theme.note, anchor: 'middle' }),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

type Colors = (typeof themes)[Theme];

function corner([column, row]: Place): { x: number; y: number } {
  return { x: origin.x + column * step.x, y: origin.y + row * step.y };
}

function drawArea({ label, from, to }: Diagram['areas'][number], theme: Colors): string {
  const start = corner(from);
  const end = corner(to);
  const x = start.x - padding.side;
  const y = start.y - padding.top;
  const width = end.x - start.x + card.width + 2 * padding.side;
  const height = end.y - start.y + card.height + padding.top + padding.bottom;
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12" fill="${theme.area}" stroke="${theme.areaLine}"/>`,
    text(label.toUpperCase(), {
      x: start.x,
      y: y + 20,
      size: 11,
      fill: theme.note,
      weight: 600,
      spacing: 1.2,
    }),
  ].join('');
}

function drawCard({ at, icon, title, note }: Card, theme: Colors): string {
  const { x, y } = corner(at);
  const { color, path } = icons[icon];
  return [
    `<rect x="${x}" y="${y}" width="${card.width}" height="${card.height}" rx="10" fill="${theme.card}" stroke="${theme.cardLine}"/>`,
    `<rect x="${x + 11}" y="${y + 17}" width="34" height="34" rx="8" fill="${color}"/>`,
    `<path transform="translate(${x + 16} ${y + 22})" d="${path}" fill="none" stroke="#ffffff" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>`,
    text(title, { x: x + 54, y: y + 31, size: 14, fill: theme.title, weight: 600 }),
    text(note, { x: x + 54, y: y + 49, size: 11.5, fill: theme.note }),
  ].join('');
}

function drawArrow(
  { from, to, label }: Diagram['arrows'][number],
  cards: readonly Card[],
  theme: Colors,
): string {
  const start = corner(find(cards, from).at);
  const end = corner(find(cards, to).at);
  const isDown = start.x === end.x;
  const half = { x: card.width / 2, y: card.height / 2 };
  const line = isDown
    ? `M${start.x + half.x} ${start.y + card.height}V${end.y - 3}`
    : `M${start.x + card.width} ${start.y + half.y}H${end.x - 3}`;
  const middle = (start.x + card.width + end.x) / 2 - 2;
  return [
    `<path d="${line}" fill="none" stroke="${theme.arrow}" stroke-width="1.6" marker-end="url(#tip)"${isDown ? ' stroke-dasharray="4 3"' : ''}/>`,
    label === undefined
      ? ''
      : text(label, { x: middle, y: start.y + half.y - 8, size: 11, fill: theme.note, anchor: 'middle' }),
  ].join('');
}

function find(cards: readonly Card[], id: string): Card {
  const found = cards.find((one) => one.id === id);
  if (found === undefined) throw new Error(`an arrow names the card ${id}, which does not exist`);
  return found;
}

interface TextStyle {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: 'middle';
  readonly spacing?: number;
}

function text(content: string, { x, y, size, fill, weight, anchor, spacing }: TextStyle): string {
  const attributes = [
    `x="${x}" y="${y}" font-size="${size}" fill="${fill}"`,
    ...(weight === undefined ? [] : [`font-weight="${weight}"`]),
    ...(anchor === undefined ? [] : [`text-anchor="${anchor}"`]),
    ...(spacing === undefined ? [] : [`letter-spacing="${spacing}"`]),
  ];
  return `<text ${attributes.join(' ')}>${escapeXml(content)}</text>`;
}

function escapeXml(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
