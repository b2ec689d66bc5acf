import { face, type Group, member, post, shot } from '../script.ts'

/** Streets, canals and façades. */
export const cities: Group = [
  member(
    'giulia.canali',
    'Giulia Moro',
    'Laguna veneta. I row, badly, and take pictures, better.',
    face('burano', 0.25, 0.5, 0.6),
    [
      post('burano', 'The last vaporetto had left, so we had the colours to ourselves. #burano #venice', {
        place: 'Burano',
        talk: [
          ['bence.photo', 'The lines of boats to the sun. Ten points.'],
          [
            'camille.rive',
            'How did you get back without the vaporetto?',
            ['giulia.canali', 'A fisherman, a long story and a bottle of wine.'],
          ],
          ['paper.drawer', 'I want envelopes in exactly these reds.'],
        ],
      }),
      post('canal-violet', 'I touched nothing but the shutter. The sky did this. #chioggia', {
        place: 'Chioggia',
        talk: [
          ['dario.palms', 'Jealous of that sky.'],
          ['anouk.lacs', 'The reflection is better than the sky!'],
        ],
      }),
      post('gondolas', 'San Giorgio, end of the day’s work. #venice', {
        place: 'Venice',
        talk: [['plate.house', 'Take the engine noise away and it is 1865.']],
      }),
      post('bridge-of-sighs', 'Everyone photographs it from the other side. Turn round. #venice', {
        place: 'Ponte dei Sospiri',
        talk: [
          ['lines.and.light', 'So many rhythms in those walls.'],
          ['bence.photo', 'Grey suits it. No tourists, how?', ['giulia.canali', 'January.']],
        ],
      }),
      post(
        shot('burano', {
          ratio: '4:5',
          at: [0.95, 0.5],
          filter: 'orchard',
          alt: 'Yellow and red houses along a quay',
        }),
        'The yellow side gets the evening.',
        {
          talk: [['yellow.and.co', 'Yellow side best side.']],
        },
      ),
      post(
        shot('gondolas', { ratio: '16:9', at: [0.5, 0.35], filter: 'collodion' }),
        'Pretending to have carried a darkroom tent to the quay.',
        {
          talk: [['plate.house', 'Arms too clean. Otherwise convincing.']],
        },
      ),
    ],
  ),
  member(
    'bence.photo',
    'Bence Szalai',
    'Budapest by foot, preferably after rain.',
    face('basilica', 0.14, 0.4, 0.6),
    [
      post(
        'basilica',
        'Storm coming in over the roofs. We were told to leave the tower. We left slowly. #budapest',
        {
          place: 'St. Stephen’s Basilica',
          talk: [
            ['giulia.canali', 'The symmetry!'],
            [
              'sam.uptown',
              'Roofs over towers any day.',
              ['bence.photo', 'You have only towers, you must say that or cry.'],
            ],
            ['robin.vale', 'You left slowly, ha.'],
          ],
        },
      ),
      post('evening-bridge', 'Thirty seconds on the Danube. #longexposure #budapest', {
        place: 'Margaret Bridge',
        talk: [
          [
            'night.shift',
            'What filter?',
            ['bence.photo', 'Six stops. And a tram that nearly took the tripod.'],
          ],
        ],
      }),
      post(
        shot('basilica', {
          ratio: '4:5',
          at: [0.9, 0.3],
          filter: 'gelatin',
          alt: 'Baroque church tower under storm clouds',
        }),
        'The southern twin.',
      ),
      post(shot('evening-bridge', { ratio: '16:9', at: [0.5, 0.9], filter: 'dusk' }), 'Lamps, drawn long.', {
        talk: [['camille.rive', 'Our rivers should meet.']],
      }),
    ],
  ),
  member(
    'camille.rive',
    'Camille Aubry',
    'Rive gauche, rive droite. One camera, one lens.',
    face('louvre', 0.5, 0.9, 0.5),
    [
      post('conciergerie', 'The sky burned for a minute and half of Paris was looking at its phone. #paris', {
        place: 'Pont au Change',
        talk: [
          ['giulia.canali', 'Mamma mia.'],
          ['salt.and.slate', 'The light trails on the quay!'],
          ['dario.palms', 'One of the great skies of this place.'],
        ],
      }),
      post('louvre', 'Twelve degrees and not a soul in the courtyard. #paris #night', {
        place: 'Louvre',
        talk: [
          ['lines.and.light', 'Even the stars are out.'],
          ['far.lights', 'Orion is just outside the frame, I feel it.'],
        ],
      }),
      post(
        shot('louvre', {
          ratio: '1:1',
          at: [0.5, 1],
          zoom: 0.55,
          filter: 'amber',
          alt: 'Glass pyramid lit from within',
        }),
        'Closer. It looks like a lamp somebody left on.',
        {
          talk: [['bence.photo', 'Somebody should turn it off when they leave.']],
        },
      ),
      post(
        shot('conciergerie', {
          ratio: '16:9',
          at: [0.1, 0.7],
          filter: 'noir',
          alt: 'Round towers of a riverside palace in black and white',
        }),
        'Without the red, the towers come back.',
      ),
    ],
  ),
  member('sam.uptown', 'Sam Whitfield', 'Elevators are my mountains.', face('manhattan', 0.48, 0.3, 0.55), [
    post('manhattan', 'Observation deck, closing time. #newyork', {
      place: 'New York',
      talk: [
        ['marta.fells', 'A mountain range, honestly.'],
        ['ines.altura', 'What altitude?', ['sam.uptown', '260 m, by lift, in sneakers.']],
      ],
    }),
    post('towers-up', 'Look up. Nobody does. #architecture #lookup', {
      talk: [
        ['lines.and.light', 'Everybody here does!'],
        ['night.shift', 'Stitched or one frame?', ['sam.uptown', 'One frame, on my back on the pavement.']],
      ],
    }),
    post('city-rays-bw', 'The weather found a gap. #blackandwhite', {
      talk: [['tomas.ridge', 'Your ridge line has windows.']],
    }),
    post(shot('manhattan', { ratio: '4:5', at: [0.45, 0.5], filter: 'sepia' }), 'The old lady alone.', {
      place: 'New York',
      talk: [['plate.house', 'She carries sepia well.']],
    }),
  ]),
  member(
    'night.shift',
    'Yuki Arai',
    'Works nights, walks home with a camera.',
    face('neon-street', 0.3, 0.2, 0.5),
    [
      post(
        shot('neon-street', { ratio: '4:5', at: [0.35, 0.2] }),
        'Rain turns the whole street into a screen. #neon #rain',
        {
          talk: [
            ['hollis.atx', 'I can hear this.'],
            [
              'sam.uptown',
              'Blue and pink, you found the one street.',
              ['night.shift', 'There are several. I am keeping them.'],
            ],
          ],
        },
      ),
      post('light-trails', 'Eight seconds of other people going home. #longexposure #night', {
        talk: [
          ['bence.photo', 'The bend is perfect.'],
          ['benchwork', 'Tripod on the kerb?', ['night.shift', 'On a bin, with a bag of rice.']],
        ],
      }),
      post(
        'city-night-bw',
        'Thirty floors up, they let me onto the roof for ten minutes. #blackandwhite #city',
        { talk: [['sam.uptown', 'One road, all the light.']] },
      ),
      post('crossing', 'Rush hour as a board game. #fromabove', {
        talk: [
          ['lines.and.light', 'Somebody move the white car two fields.'],
          ['bici.bella', 'Not one bicycle!!'],
        ],
      }),
      post(
        shot('light-trails', { ratio: '16:9', at: [0.5, 0.7], filter: 'cyanotype' }),
        'Same road, no pink. I miss the pink.',
      ),
    ],
  ),
  member('hollis.atx', 'Hollis Greene', 'Boards, dusk, tacos.', face('skateboard', 0.55, 0.45, 0.5), [
    post('skateboard', 'Parking lot, level five, 8:40 pm. #skate #dusk', {
      talk: [
        ['dario.palms', 'The reflection on the roof!'],
        ['night.shift', 'Whose car?', ['hollis.atx', 'No comment.']],
        ['zoe.and.midnight', 'Pink skies forever.'],
      ],
    }),
    post('austin', 'Not even trying, this town. #austin', {
      place: 'Austin, Texas',
      talk: [['dario.palms', 'We share a sun.']],
    }),
    post(shot('skateboard', { ratio: '1:1', at: [0.6, 0.5], zoom: 0.8, filter: 'rosewater' }), 'Wheels up.'),
    post(
      shot('fog-hills', { ratio: '19:10', at: [0.6, 0.5] }),
      'Friend of mine lives on one of those islands. Borrowed his balcony for this. #fog',
      {
        talk: [
          ['ines.altura', 'A cloud sea with street lamps!'],
          ['old.pines', 'More fog, always more fog.'],
        ],
      },
    ),
  ]),
  member(
    'lines.and.light',
    'Femi Adeyemi',
    'Architect. Photographs other people’s buildings.',
    face('red-tiles', 0.3, 0.4, 0.4),
    [
      post('blue-facade', 'Look up and the courtyard folds shut. #architecture', {
        talk: [
          [
            'sam.uptown',
            'This is a building?',
            ['lines.and.light', 'It is six meeting rooms and a canteen.'],
          ],
        ],
      }),
      post('red-tiles', 'Four thousand tiles and no two in the same light. #architecture #red', {
        talk: [
          ['paper.drawer', 'Scales!'],
          ['leaf.edge', 'A leaf does the same with hairs.', ['lines.and.light', 'You win, as usual.']],
          ['giulia.canali', 'Milano?', ['lines.and.light', 'Milano it was.']],
        ],
      }),
      post('grand-hall', 'A bank hall from 1910, a glass office from last year. They get along. #interior', {
        talk: [
          ['camille.rive', 'The ceiling!'],
          ['benchwork', 'I would not hear a word in there.'],
        ],
      }),
      post(
        shot('red-tiles', { ratio: '4:5', at: [0.2, 0.5], filter: 'noir' }),
        'Colour off: now it is all about the bend.',
      ),
      post(shot('blue-facade', { ratio: '1:1', at: [0.6, 0.3], zoom: 0.7 }), 'The square of sky, nearer.'),
      post(
        shot('grand-hall', {
          ratio: '16:9',
          at: [0.5, 0],
          filter: 'amber',
          alt: 'Coffered gilt ceiling with chandeliers',
        }),
        'Nobody who works there looks at it anymore, they said.',
      ),
    ],
  ),
]
