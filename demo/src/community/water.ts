import { face, type Group, member, post, shot } from '../script.ts'

/** Lakes, coasts and whatever the light does over them. */
export const water: Group = [
  member(
    'salt.and.slate',
    'Orla Keane',
    'Atlantic edge. Lighthouses, tides, tea.',
    face('lighthouse', 0.5, 0.36, 0.9),
    [
      post(
        shot('lighthouse', { ratio: '4:5', at: [0.5, 0.42] }),
        'Blue hour at the end of the bridge. The lamp came on while I was changing film. #lighthouse #bluehour',
        {
          place: 'Phare du Petit Minou',
          talk: [
            [
              'camille.rive',
              'Bretagne! You should have come for crêpes.',
              ['salt.and.slate', 'I did. That is why I was late for the sunset.'],
            ],
            ['lines.and.light', 'The curve of the wall leads right up to it.'],
          ],
        },
      ),
      post('calm-sea', 'No wind, no horizon, no news. #minimal #sea', {
        talk: [
          ['robin.vale', 'I stared at this for a whole cup of coffee.'],
          ['mina.pours', 'Which coffee though', ['robin.vale', 'Yours, the Kenyan.']],
        ],
      }),
      post('coast-walk', 'The path goes on for six hundred miles. We did four. #coast #dorset', {
        place: 'Jurassic Coast, Dorset',
        talk: [
          [
            'marta.fells',
            'The little figure! Who is it?',
            ['salt.and.slate', 'My brother, sulking about the four miles.'],
          ],
        ],
      }),
      post(
        shot('sea-meadow', { ratio: '16:9', at: [0.7, 0.5] }),
        'Wild carrot gone to seed, sea behind. Summer is packing its things.',
        {
          talk: [
            ['botanica.1928', 'Daucus carota. Look how the umbels curl in to keep the seeds.'],
            ['green.house9', 'Saving this for the planting plan.'],
          ],
        },
      ),
      post(shot('calm-sea', { ratio: '1:1', filter: 'cyanotype' }), 'The same nothing, in Prussian blue.'),
      post(
        shot('coast-walk', { ratio: '16:9', at: [0.3, 0.6], filter: 'linen' }),
        'Cliffs in the last sun. #dorset',
        { place: 'Jurassic Coast, Dorset' },
      ),
    ],
  ),
  member(
    'anouk.lacs',
    'Anouk Favre',
    'I swim in all of them, eventually.',
    face('pier-jump', 0.45, 0.55, 0.5),
    [
      post('pier-jump', 'Last swim of the year, or so I said. #lake', {
        place: 'Lake Geneva',
        talk: [
          ['solveig.n', 'What was the water?', ['anouk.lacs', 'Eleven. One gets used to shouting.']],
          ['hollis.atx', 'This is the whole mood.'],
        ],
      }),
      post('teal-bay', 'Seven in the morning, before the ferries. #lake #morning', {
        talk: [['giulia.canali', 'That colour is not legal.']],
      }),
      post('violet-lake', 'Drove four hours for a swim and found it half frozen. Took this instead.', {
        place: 'Peyto Lake',
        talk: [
          ['nils.north', 'Worth it. The moon is hiding somewhere there.'],
          ['ines.altura', 'Violet like a bruise, in the best way.'],
        ],
      }),
      post('river-bend', 'Where the river changes its mind. #goldenhour', {
        talk: [['dario.palms', 'That haze is everything.']],
      }),
      post(
        [
          shot('teal-bay', { ratio: '1:1' }),
          shot('violet-lake', { ratio: '1:1', at: [0.4, 0.5] }),
          shot('river-bend', { ratio: '1:1' }),
        ],
        'Three waters, one summer. Which one would you jump in first?',
        {
          talk: [
            ['salt.and.slate', 'Two, with a wetsuit.'],
            ['marta.fells', 'None, I know your temperatures.', ['anouk.lacs', 'Coward!']],
          ],
        },
      ),
    ],
  ),
  member(
    'dario.palms',
    'Darío Reyes',
    'Sundowns, mostly. Light chaser by trade: I install solar panels.',
    face('palm-road', 0.5, 0.6, 0.6),
    [
      post('palm-road', 'Same road home every evening. Some evenings it shows off. #sunset #palms', {
        talk: [
          ['hollis.atx', 'I want to skate that curve.'],
          ['night.shift', 'The flare between the trunks is beautifully placed.'],
        ],
      }),
      post('red-dusk', 'Two swans and a very dramatic sky. They ignored it. #sunset', {
        talk: [
          ['anouk.lacs', 'Found the swans! Took me a while.'],
          ['old.pines', 'Even I like the red.'],
        ],
      }),
      post(
        'forest-shore',
        'Straight down from 120 metres: where the wood stops and the lake starts. #aerial',
        {
          talk: [
            ['lines.and.light', 'Half and half. I love how hard the edge is.'],
            ['leaf.edge', 'The white trees must be in bloom!', ['dario.palms', 'Wild cherry, I was told.']],
          ],
        },
      ),
      post('mist-shore', 'Came for a sunrise. Got weather instead, and kept it.', {
        talk: [['marta.fells', 'Weather is always the better trade.']],
      }),
      post(shot('palm-road', { ratio: '1:1', at: [0.35, 0.4], filter: 'copper' }), 'Fronds and fire.'),
      post(
        shot('red-dusk', { ratio: '16:9', filter: 'rosewater', at: [0.4, 0.5] }),
        'Five minutes later it had gone all pink.',
      ),
    ],
  ),
  member(
    'hanne.swing',
    'Hanne Vogel',
    'A small garden, a few people. Requests: say hello first.',
    face('garden-chairs', 0.75, 0.9, 0.5),
    [
      post('garden-chairs', 'Everything ready, nobody here yet. The best half hour of a wedding.', {
        talk: [
          [
            'crumb.diary',
            'The cake got there in one piece, promise.',
            ['hanne.swing', 'It did not leave in one piece!'],
          ],
          ['pony.post', 'The swing!'],
        ],
      }),
      post('winter-road', 'On the way to my sister’s. We stopped at every bend.', {
        place: 'Lake Pukaki',
        talk: [
          ['nils.north', 'That beam on the right.'],
          ['pony.post', 'Say hi to her!'],
        ],
      }),
      post(
        shot('garden-chairs', {
          ratio: '4:5',
          at: [0.85, 0.6],
          filter: 'paper',
          alt: 'Rope swing hanging still over a lawn',
        }),
        'It stays up all year, for whoever needs it.',
      ),
    ],
    true,
  ),
]
