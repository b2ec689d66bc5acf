import { face, type Group, member, post, shot } from '../script.ts'

/** The astronomy club’s corner: pictures of NASA’s missions, shared and talked over. */
export const sky: Group = [
  member(
    'pale.blue',
    'Imani Okoye',
    'Earth, seen from outside. I teach geography with these.',
    face('blue-marble', 0.5, 0.5, 0.75),
    [
      post(
        'blue-marble',
        'December 1972, on the way to the Moon: the whole of it in one window. The picture I start every school year with. #earth #apollo17',
        {
          talk: [
            ['moon.notes', 'And nobody has taken it by hand since.'],
            ['nils.north', 'The clouds over the Southern Ocean!'],
            [
              'leaf.edge',
              'You can see the Sahel as an edge. My favourite edge.',
              ['pale.blue', 'Stealing that line for Tuesday.'],
            ],
          ],
        },
      ),
      post('earthrise', 'All of us, behind the hill. #apollo17', {
        talk: [
          ['far.lights', 'All of us but three.'],
          ['salt.and.slate', 'It looks so cold from there.'],
        ],
      }),
      post('night-lights', 'My pupils find their town before I have dimmed the room. #iss #night', {
        talk: [
          ['sam.uptown', 'Found mine.'],
          [
            'night.shift',
            'So that is where all the electricity goes.',
            ['pale.blue', 'Most of it up, to us. It is a lovely waste.'],
          ],
        ],
      }),
      post('thin-air', 'That blue line is all the air there is. #iss', {
        talk: [
          ['tomas.ridge', 'And we complain at 3000 m.'],
          ['ines.altura', 'Is that a storm lit up?', ['pale.blue', 'Low sun on a cloud tower, I believe.']],
        ],
      }),
      post('spacewalk', 'Somebody has to change the boxes. #spacewalk', {
        talk: [
          ['benchwork', 'I have questions about the torque wrench.'],
          ['robin.vale', 'Best office picture here.'],
        ],
      }),
      post(
        shot('blue-marble', {
          ratio: '1:1',
          at: [0.5, 0.45],
          zoom: 0.55,
          alt: 'Africa and Arabia under sweeping clouds, from space',
        }),
        'Closer. Cairo to the Cape without a single border.',
      ),
    ],
  ),
  member(
    'far.lights',
    'Lucas Brandão',
    'Everything here is older than it looks.',
    face('crab-nebula', 0.5, 0.5, 0.7),
    [
      post('crab-nebula', 'It blew up in 1054 and is still at it. #nebula #hubble', {
        talk: [
          ['botanica.1928', 'Seed head of a star.', ['far.lights', 'Exactly what it is!']],
          ['hollis.atx', 'Put it on a board.'],
        ],
      }),
      post('andromeda', 'On its way to us at 110 km/s. No need to tidy up yet. #galaxy', {
        talk: [
          ['moon.notes', 'Four billion years. I will start on Sunday.'],
          [
            'camille.rive',
            'So blue!',
            ['far.lights', 'Ultraviolet, shown as blue. Young stars in the arms.'],
          ],
        ],
      }),
      post(
        'carina',
        'Mountains of gas, three light years tall. Even Inês would need a tent. #nebula #hubble',
        {
          talk: [
            ['ines.altura', 'Two tents.'],
            ['marta.fells', 'What is the weather like?', ['far.lights', 'Windy. Stellar winds, 2000 km/s.']],
          ],
        },
      ),
      post(
        'green-nebula',
        'Infrared, in borrowed colours. The red smudge is dust that never saw a star. #infrared',
        { talk: [['leaf.edge', 'Moss!']] },
      ),
      post(
        shot('carina', { ratio: '4:5', at: [0.42, 0.5], filter: 'selenium' }),
        'In silver it could be a print by Ruth.',
        { talk: [['old.pines', 'I wish. The fog never holds that still.']] },
      ),
    ],
  ),
  member('ring.plane', 'Hana Sato', 'Planets, mostly the big ones.', face('saturn', 0.5, 0.5, 0.95), [
    post('saturn', 'Thirteen years in orbit and it never took a bad picture. #saturn #cassini', {
      talk: [
        ['lines.and.light', 'Whoever designed that knew when to stop.'],
        ['pale.blue', 'The shadow of the planet on the rings!'],
      ],
    }),
    post('jupiter', 'Weather report: storms, for the four-hundredth year running. #jupiter #juno', {
      talk: [
        ['marta.fells', 'And I complain.'],
        ['paper.drawer', 'Marbled paper!', ['ring.plane', 'I have an endpaper with just this pattern.']],
      ],
    }),
    post('jupiter-half', 'Half past Jupiter. #cassini', {
      talk: [['moon.notes', 'I own that joke.', ['ring.plane', 'You own the Moon. Leave me one planet.']]],
    }),
    post('sun', 'The loop at the upper right would hold a dozen Earths. #sun #soho', {
      talk: [
        ['dario.palms', 'Finally a proper sunset account.'],
        ['mina.pours', 'My roaster on a bad day.'],
        ['pale.blue', 'A dozen at least.'],
      ],
    }),
    post(
      [
        shot('saturn', { ratio: '1:1', at: [0.52, 0.5] }),
        shot('jupiter', { ratio: '1:1' }),
        shot('sun', { ratio: '1:1' }),
      ],
      'For the wall of the observatory: large, larger, ridiculous. #planets',
    ),
  ]),
  member(
    'pad39',
    'Walt Brenner',
    'Saw eleven launches, remember all of them.',
    face('shuttle-moon', 0.5, 0.75, 0.6),
    [
      post(
        'shuttle-moon',
        'March 2009. They scrubbed that night, and I did not mind at all. #shuttle #moon',
        {
          talk: [
            ['moon.notes', 'That Moon!'],
            ['robin.vale', 'The tower lit like a stage.'],
            ['far.lights', 'You were there?', ['pad39', 'Across the water, with a thermos.']],
          ],
        },
      ),
      post('night-launch', 'Night turns to noon, and then, half a minute later, you hear it. #shuttle', {
        talk: [
          ['night.shift', 'Every long exposure I ever took is jealous.'],
          ['solveig.n', 'Half a minute of silence with that light. Goosebumps.'],
        ],
      }),
      post(
        'shuttle-dusk',
        'Home. The ticking of cooling tiles, someone told me, goes on all night. #shuttle',
        {
          talk: [
            ['benchwork', 'Of course it ticks.'],
            ['hollis.atx', 'Best parking spot.'],
          ],
        },
      ),
      post(
        'skylab',
        'One wing lost at launch, and a parasol for a roof. They fixed it and lived in it. #skylab',
        {
          talk: [
            ['benchwork', 'This is my hero.', ['pad39', 'Thought you would say that.']],
            ['pale.blue', 'And the clouds below!'],
          ],
        },
      ),
      post(
        shot('shuttle-moon', {
          ratio: '1:1',
          at: [0.3, 0.12],
          zoom: 0.6,
          alt: 'Full moon beside a launch tower',
        }),
        'The Moon, waiting its turn.',
      ),
    ],
  ),
  member(
    'moon.notes',
    'Ana Sousa',
    'The nearest thing worth looking at.',
    face('half-moon', 0.85, 0.5, 0.8),
    [
      post('half-moon', 'Always look along the shadow line. Everything stands up there. #moon', {
        talk: [
          ['leaf.edge', 'Told you, edges.'],
          ['old.pines', 'Side light. It works for faces and for moons.'],
        ],
      }),
      post(
        'moonwalk',
        'The foil on the pole caught the solar wind for 77 minutes. They rolled it up and took it home. #apollo11',
        {
          talk: [
            ['pale.blue', 'My favourite experiment: hang up the washing.'],
            ['crumb.diary', 'Baking foil?!', ['moon.notes', 'Aluminium foil, from Bern. So nearly, yes.']],
          ],
        },
      ),
      post('moon-boulder', 'Find the geologist. #apollo17', {
        talk: [
          ['tomas.ridge', 'Bottom left! What a boulder.'],
          ['ines.altura', 'Nobody has climbed it?', ['moon.notes', 'He sampled it. In 84 kilos of suit.']],
        ],
      }),
      post('moon-alone', 'No sky, no stars, no caption. #moon', {
        talk: [['salt.and.slate', 'Like my calm sea.']],
      }),
      post(
        shot('half-moon', {
          ratio: '4:5',
          at: [0.2, 0.6],
          zoom: 0.6,
          filter: 'gelatin',
          alt: 'Craters throwing long shadows',
        }),
        'Long shadows, short evening.',
      ),
    ],
  ),
  member(
    'green.arc',
    'Joonas Virtanen',
    'Waiting for KP 5 since 2011.',
    face('aurora-curl', 0.65, 0.4, 0.8),
    [
      post('aurora-curl', 'From above it is not a curtain but a brushstroke. #aurora #shuttle', {
        talk: [
          ['solveig.n', 'And I lie in the snow under it. Wave!'],
          ['botanica.1928', 'A fern frond.'],
          ['far.lights', 'Oxygen, 557.7 nm. The best green there is.'],
        ],
      }),
      post('aurora-arc', 'The oval, edge on. #aurora', {
        talk: [['pale.blue', 'The air, the aurora, the dark. Three lines and done.']],
      }),
      post(
        [
          shot('aurora-curl', { ratio: '4:5', at: [0.7, 0.5] }),
          shot('aurora-arc', { ratio: '4:5', at: [0.4, 0.5] }),
        ],
        'Side by side, as asked. #aurora',
        { talk: [['solveig.n', 'Thank you! Printing both.']] },
      ),
    ],
  ),
]
