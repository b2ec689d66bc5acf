import { face, type Group, member, post, shot } from '../script.ts'

/** Plants and animals. */
export const wild: Group = [
  member(
    'small.wings',
    'Priya Raman',
    'Things that fly and hold still for a second.',
    face('monal', 0.2, 0.35, 0.85),
    [
      post('butterfly', 'Small copper, thirty seconds of sun, one try. #macro #butterfly', {
        talk: [
          ['green.house9', 'The wings like a cathedral.'],
          ['leaf.edge', 'What lens?', ['small.wings', '100 mm and held breath.']],
          ['nils.north', 'One try!'],
        ],
      }),
      post('monal', 'He knows. #birds', {
        talk: [
          [
            'zoe.and.midnight',
            'Midnight is taking notes.',
            ['small.wings', 'There was a fence between us and there will be one for Midnight.'],
          ],
          ['paper.drawer', 'That is every envelope I own on one bird.'],
          ['solveig.n', 'The crest!'],
        ],
      }),
      post(
        shot('butterfly', { ratio: '1:1', at: [0.48, 0.3], zoom: 0.6 }),
        'A little nearer. Look at the stripes on the antennae. #macro',
        { talk: [['botanica.1928', 'And the disc florets, please!']] },
      ),
      post(
        shot('monal', {
          ratio: '1:1',
          at: [0.95, 0.8],
          zoom: 0.7,
          alt: 'Feathers shimmering from copper to green to violet',
        }),
        'Just the cloak.',
      ),
    ],
  ),
  member(
    'green.house9',
    'Maya Osei',
    'Allotment 9, under glass. Waters by feel.',
    face('succulent', 0.5, 0.45, 0.6),
    [
      post('succulent', 'She has doubled since March and asks for nothing. #plants #succulent', {
        talk: [
          ['leaf.edge', 'Aeonium?', ['green.house9', 'Yes, from a cutting of yours!']],
          ['small.wings', 'The edges, as if painted.'],
        ],
      }),
      post('cacti', 'The round bed is finished. Do not sit. #garden', {
        talk: [
          ['hanne.swing', 'Gorgeous! May I come and draw it?', ['green.house9', 'Any Thursday.']],
          ['crumb.diary', 'It looks like a cake.'],
        ],
      }),
      post('white-leaf', 'It found the one gap in the whole façade. #plants', {
        talk: [
          ['lines.and.light', 'The architect is furious. I am the architect. I love it.'],
          ['old.pines', 'So little in it, and enough.'],
        ],
      }),
      post(shot('cacti', { ratio: '1:1', at: [0.55, 0.45], zoom: 0.4 }), 'Pink one in flower, day three.'),
      post(
        shot('succulent', { ratio: '4:5', at: [0.5, 0.5], filter: 'fern' }),
        'After the rain came in through the roof.',
      ),
    ],
  ),
  member(
    'leaf.edge',
    'Kofi Mensah',
    'Botanist by day. Also by night, with a ring light.',
    face('leaf-edge', 0.7, 0.5, 0.5),
    [
      post('leaf-edge', 'A coat of hairs against the sun. You would wear one too. #macro #leaf', {
        talk: [
          ['lines.and.light', 'Façade of the year.'],
          ['ring.plane', 'It looks like a planet’s terminator.'],
        ],
      }),
      post('palm-fronds', 'Cycad, older than flowers as an idea. #leaf', {
        talk: [
          ['botanica.1928', 'Cycas revoluta, yes? The curve!', ['leaf.edge', 'Revoluta it is.']],
          ['dario.palms', 'Not a palm? My whole name is a lie.'],
        ],
      }),
      post(
        shot('palm-fronds', { ratio: '1:1', at: [0.9, 0.3], filter: 'cyanotype' }),
        'After Anna Atkins, with apologies. #cyanotype',
        { talk: [['plate.house', 'She would ask where the label is.']] },
      ),
      post(shot('leaf-edge', { ratio: '4:5', at: [0.75, 0.4], filter: 'noir' }), 'Night side.'),
    ],
  ),
  member(
    'zoe.and.midnight',
    'Zoe Adler',
    'Midnight’s account. I only type. Friends of cats only.',
    face('black-cat', 0.72, 0.4, 0.85),
    [
      post('black-cat', 'Passport photo, attempt 41. #cat', {
        talk: [
          ['pony.post', 'Officer, this is a panther.'],
          [
            'small.wings',
            'Those eyes are looking at my last picture, I know it.',
            ['zoe.and.midnight', 'Midnight has liked your last picture forty times.'],
          ],
        ],
      }),
      post('running-cat', 'Her ancestors invented cinema and she wants it known. #cat #muybridge', {
        talk: [
          ['plate.house', 'Plate 720! She is entitled to royalties.'],
          ['hollis.atx', 'Row three is me late for work.'],
        ],
      }),
      post(
        shot('black-cat', { ratio: '4:5', at: [0.75, 0.5], filter: 'selenium' }),
        'She prefers herself in silver.',
      ),
    ],
    true,
  ),
  member(
    'pony.post',
    'Freya Lund',
    'A pony, some sheep and the post round.',
    face('pony-eye', 0.4, 0.6, 0.8),
    [
      post('pony-eye', 'He has seen the carrot. #pony', {
        talk: [
          ['nils.north', 'Every hair!'],
          ['zoe.and.midnight', 'Kindred eyelashes.'],
          ['crumb.diary', 'Give him one from me.', ['pony.post', 'Given. He wants to know your address.']],
        ],
      }),
      post(
        shot('sheep-meadow', { ratio: '16:9', at: [0.7, 0.5] }),
        'Band photo. The one on the left plays bass. #sheep',
        {
          talk: [
            ['hollis.atx', 'Album title?', ['pony.post', 'Wool Over Everything.']],
            ['old.pines', 'I would buy it.'],
          ],
        },
      ),
      post(
        shot('pony-eye', { ratio: '1:1', at: [0.35, 0.6], filter: 'collodion' }),
        'In the manner of his great-great-grandfather.',
      ),
      post(
        shot('sheep-meadow', {
          ratio: '1:1',
          at: [0.735, 0.5],
          zoom: 0.8,
          alt: 'Two white sheep side by side in a meadow',
        }),
        'Lead vocals and tambourine.',
      ),
    ],
  ),
  member('solveig.n', 'Solveig Nygård', '69° north. Cold hands.', face('frozen-bubble', 0.5, 0.4, 0.6), [
    post('frozen-bubble', 'Minus fourteen, soap, sugar, and you have nine seconds. #ice #macro', {
      talk: [
        ['small.wings', 'Nine seconds!! And you focused.'],
        ['green.house9', 'The crystals look like petals.'],
        [
          'marta.fells',
          'What is the neck it sits on?',
          ['solveig.n', 'A frozen bottle. The bottle did not survive.'],
        ],
      ],
    }),
    post(
      shot('frozen-bubble', { ratio: '1:1', at: [0.5, 0.3], zoom: 0.55, filter: 'harbor' }),
      'Second four of nine.',
      { talk: [['ring.plane', 'A small planet.']] },
    ),
    post(
      shot('frozen-bubble', { ratio: '4:5', at: [0.5, 0.5], filter: 'daguerre' }),
      'And in silver, for the cold of it.',
    ),
  ]),
]
