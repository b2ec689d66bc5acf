import { type Shot, shot } from '../script.ts'

/** What one says in a conversation: a text, a photograph, a post of somebody, or an answer to what was said before. */
export interface Line {
  who: string
  text?: string
  shot?: Shot
  /** Author and place in their list. */
  post?: string
  /** Place of the line that is answered. */
  answers?: number
  /** Who reacts, and how. */
  reactions?: readonly (readonly [who: string, emoji: string])[]
}

/** A conversation as it goes, the one who begins it first. */
export interface Talk {
  members: readonly string[]
  /** Of a group. */
  name?: string
  /** Hours ago that it begins, and that it ends. */
  hours: readonly [from: number, to: number]
  lines: readonly Line[]
  /** Those who have not looked yet. */
  unreadBy?: readonly string[]
}

const says = (who: string, text: string, more: Omit<Line, 'who' | 'text'> = {}): Line => ({
  who,
  text,
  ...more,
})

export const talks: readonly Talk[] = [
  {
    members: ['marta.fells', 'robin.vale'],
    hours: [52, 0.4],
    lines: [
      says('marta.fells', 'Is the darkroom free on Thursday?'),
      says('robin.vale', 'From four. The red bulb is new, the kettle is not.'),
      says('marta.fells', 'I bring tea. And eleven rolls, do not laugh.'),
      says('robin.vale', 'I am not laughing. I am counting trays.'),
      says('robin.vale', 'Is it this one you want large?', { post: 'marta.fells/0' }),
      says('marta.fells', 'That one, and the one behind it that nobody has seen'),
      { who: 'marta.fells', shot: shot('valley-road'), reactions: [['robin.vale', '❤️']] },
      says('robin.vale', 'Oh.'),
      says('robin.vale', 'Bring the negative, not the scan. I will make room for this.', {
        reactions: [['marta.fells', '👏']],
      }),
      says('marta.fells', 'Thursday, four'),
      says('robin.vale', 'And biscuits, if there are any left in the hills.', { answers: 2 }),
    ],
    unreadBy: ['marta.fells'],
  },
  {
    members: ['tomas.ridge', 'marta.fells', 'ines.altura', 'nils.north', 'old.pines'],
    name: 'Saturday, before the light',
    hours: [30, 1.5],
    lines: [
      says('tomas.ridge', 'Who is in? Five o’clock at the chapel, boots, lamp, no complaints.'),
      says('ines.altura', 'In. I reserve one complaint.', {
        reactions: [
          ['marta.fells', '😂'],
          ['nils.north', '😂'],
        ],
      }),
      says('nils.north', 'In, if somebody has room in a car. Mine has opinions about hills.'),
      says('marta.fells', 'I have two seats and a dog.'),
      says(
        'old.pines',
        'Forecast says fog to eleven hundred, clear above. That is a sea of cloud, children.',
      ),
      { who: 'ines.altura', shot: shot('white-peaks'), text: 'Last time he said that' },
      says('tomas.ridge', 'Then we need to be above it by six.', { answers: 4 }),
      says('nils.north', 'Which means leaving at?'),
      says('ines.altura', 'Here it comes: my complaint.', { reactions: [['tomas.ridge', '🔥']] }),
    ],
    unreadBy: ['marta.fells', 'old.pines'],
  },
  {
    members: ['mina.pours', 'marta.fells'],
    hours: [76, 20],
    lines: [
      says('mina.pours', 'The bag is roasted. It smells of figs and one bad decision.'),
      says('marta.fells', 'I will take it, and the decision too.'),
      says('mina.pours', 'Pick it up when you like, the bell works again.', { post: 'mina.pours/0' }),
      says('marta.fells', 'Saturday after the hill, then. I shall need it.'),
    ],
  },
  {
    members: ['paper.drawer', 'marta.fells'],
    hours: [9, 8.5],
    lines: [
      says(
        'paper.drawer',
        'May I print your ridge on the club’s envelopes? Two hundred, grey, no names but yours.',
      ),
      says('paper.drawer', 'You would get the first twenty.'),
    ],
    unreadBy: ['marta.fells'],
  },
  {
    members: ['robin.vale', 'plate.house', 'dusty.negatives', 'camera.shelf'],
    name: 'Keys to the darkroom',
    hours: [120, 26],
    lines: [
      says('robin.vale', 'Whoever has key number two: the plant misses you.'),
      says('dusty.negatives', 'It hangs on my negatives. Sorry. Tomorrow.'),
      says('camera.shelf', 'I watered it with fixer once. It has never looked better.', {
        reactions: [
          ['robin.vale', '😮'],
          ['plate.house', '😂'],
        ],
      }),
      says('plate.house', 'That explains the fern.'),
    ],
  },
]
