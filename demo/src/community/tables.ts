import { face, type Group, member, post, shot } from '../script.ts'

/** Kitchens, counters, desks and workshops. */
export const tables: Group = [
  member(
    'mina.pours',
    'Mina Park',
    'Roaster. I will tell you about the farm whether you ask or not.',
    face('latte', 0.55, 0.75, 0.5),
    [
      post('latte', 'Green cup, first of the day. #coffee', {
        talk: [
          [
            'crumb.diary',
            'There is a croissant missing from this picture.',
            ['mina.pours', 'Bring one.'],
            ['crumb.diary', 'On my way.'],
          ],
          ['robin.vale', 'The heart!'],
        ],
      }),
      post(
        'coffee-ring',
        'From none to all: the same espresso with eight amounts of milk. Find yours. #coffee',
        {
          talk: [
            ['hollis.atx', 'Three o’clock. Black.'],
            ['anouk.lacs', 'Half past ten, please.'],
            [
              'bence.photo',
              'Twelve.',
              ['mina.pours', 'That is milk, Bence.'],
              ['bence.photo', 'I know what I want.'],
            ],
          ],
        },
      ),
      post(
        'coffee-beans',
        'Drum temperature 208, eleven minutes ten. Smells like toast and figs. #roasting',
        { talk: [['benchwork', 'What drum?', ['mina.pours', 'A five-kilo one older than me.']]] },
      ),
      post('coffee-sacks', 'The container is in. I know what my back does this week.', {
        talk: [['lines.and.light', 'I would never empty that wall.']],
      }),
      post(
        shot('coffee-beans', { ratio: '1:1', zoom: 0.45, at: [0.3, 0.4], filter: 'sepia' }),
        'One shade further and it would be charcoal.',
      ),
      post(shot('latte', { ratio: '4:5', at: [0.6, 1], zoom: 0.8, filter: 'copper' }), 'Second of the day.', {
        talk: [['crumb.diary', 'I was there for this one. Can confirm.']],
      }),
    ],
  ),
  member('crumb.diary', 'Eloise Hart', 'Butter, flour, early alarms.', face('strawberries', 0.9, 0.8, 0.6), [
    post('croissant', 'Twenty-seven layers, one bite. #baking', {
      talk: [
        ['mina.pours', 'The honeycomb please!!'],
        ['camille.rive', 'I inspected it from Paris. Approved.', ['crumb.diary', 'Framing this comment.']],
      ],
    }),
    post('strawberries', 'The last ones. Next picture is apples until April. #seasonal', {
      talk: [
        ['paper.drawer', 'Pink plate on turquoise, you do it on purpose.'],
        ['green.house9', 'I have three left. Come and get them.'],
      ],
    }),
    post(
      'herbs-board',
      'Grandmother’s book says “some flour, the usual spices”. This is me finding out which. #cooking',
      {
        talk: [
          [
            'plate.house',
            'That binding is calf. Keep oil away from it.',
            ['crumb.diary', 'Too late by sixty years.'],
          ],
          ['old.pines', 'Lovely dark wood.'],
        ],
      },
    ),
    post(
      shot('croissant', { ratio: '4:5', at: [0.55, 0.4], filter: 'linen' }),
      'Day two of the croissant question: more salt. Answer: yes.',
    ),
    post(
      shot('strawberries', { ratio: '1:1', at: [1, 1], zoom: 0.75, filter: 'orchard' }),
      'Found one more punnet.',
      { talk: [['pony.post', 'The pony says hello to the strawberries.']] },
    ),
  ]),
  member(
    'paper.drawer',
    'Jonas Weil',
    'Stationery, sorted by colour, then by regret.',
    face('stationery-blue', 0.7, 0.5, 0.6),
    [
      post(
        'stationery-blue',
        'Wrote five letters with the yellow one. It is shorter now, I am not sorry. #stationery',
        {
          talk: [
            ['giulia.canali', 'Write me the sixth.'],
            ['crumb.diary', 'The lime envelope!'],
          ],
        },
      ),
      post('stationery-yellow', 'Monday, organised. #flatlay', {
        talk: [
          ['benchwork', 'I respect the scissors.'],
          ['yellow.and.co', 'YELLOW.'],
        ],
      }),
      post('telephone', 'It rings. I have no idea who has the number.', {
        talk: [
          ['zoe.and.midnight', 'Answer it!'],
          ['robin.vale', 'It was me. I wanted to hear the bell.', ['paper.drawer', 'So that was you.']],
          ['plate.house', 'Bakelite W48, lovely condition.'],
        ],
      }),
      post('brushes', 'They were sold singly, so I had to save the whole family.', {
        talk: [
          [
            'botanica.1928',
            'Sable?',
            ['paper.drawer', 'Badger, says the man. I think horse.'],
            ['pony.post', 'Excuse me?'],
          ],
        ],
      }),
      post(
        shot('telephone', {
          ratio: '1:1',
          at: [0.95, 0.5],
          filter: 'selenium',
          alt: 'Dial telephone on white',
        }),
        'Without the drama of the cord.',
      ),
      post(
        shot('stationery-yellow', { ratio: '4:5', at: [1, 0.3] }),
        'Corner view. Two pencils, one opinion.',
      ),
    ],
  ),
  member(
    'benchwork',
    'Pat Okafor',
    'Repairs things that were meant to be thrown away.',
    face('tools', 0.3, 0.4, 0.6),
    [
      post('tools', 'Everything my grandfather left me. All of it still does what it did. #tools', {
        talk: [
          [
            'crumb.diary',
            'The tongs?!',
            ['benchwork', 'Ice tongs. For the blocks they carried up to the fourth floor.'],
          ],
          ['old.pines', 'What a picture. Print it.'],
          ['dusty.negatives', 'My uncle had those gloves, I swear the same pair.'],
        ],
      }),
      post('yellow-heads', 'Sorting day at the repair café. Somebody brought a box. #bricks', {
        talk: [
          ['yellow.and.co', 'My people.'],
          ['hollis.atx', 'The one in the middle knows something.'],
          ['zoe.and.midnight', 'Midnight would like to be alone with these for five minutes.'],
        ],
      }),
      post(
        shot('tools', { ratio: '1:1', at: [0.65, 0.4], filter: 'collodion' }),
        'Hammer, as a plate. #tintype',
      ),
      post(
        shot('yellow-heads', { ratio: '1:1', at: [0.35, 0.45], zoom: 0.4 }),
        'Okay, this one. What happened to him?',
        { talk: [['paper.drawer', 'Open-plan office.']] },
      ),
    ],
  ),
  member(
    'yellow.and.co',
    'Ilse Brandt',
    'One colour at a time. Currently: guess.',
    face('yellow-car', 0.5, 0.6, 0.7),
    [
      post('yellow-car', 'It has no second gear and everybody smiles at it. #yellow #oldtimer', {
        talk: [
          ['bici.bella', 'Almost as good as a bicycle.'],
          ['giulia.canali', 'Cinquecento!!', ['yellow.and.co', 'Naturalmente.']],
          ['benchwork', 'I can look at the gearbox.', ['yellow.and.co', 'Please do.']],
        ],
      }),
      post('yellow-fern', 'Last week green. #yellow #autumn', {
        talk: [['leaf.edge', 'I have been waiting for you to find this one.']],
      }),
      post(
        shot('yellow-car', {
          ratio: '1:1',
          at: [0.9, 0.75],
          zoom: 0.55,
          alt: 'Front wheel, lamp and bonnet of a small yellow car',
        }),
        'Face to face.',
      ),
      post(
        shot('yellow-fern', { ratio: '4:5', at: [0.35, 0.5], filter: 'amber' }),
        'More of it. There is never enough of it.',
      ),
    ],
  ),
  member('bici.bella', 'Lotte de Vries', 'Two wheels, any weather.', face('bike', 0.35, 0.4, 0.45), [
    post('bike', 'She was waiting for someone. I hope they bring flowers for flowers. #bicycle #berlin', {
      talk: [
        ['crumb.diary', 'The bag!'],
        ['night.shift', 'That wall changes every month, good that you have it.'],
        ['yellow.and.co', 'Next time in yellow.'],
      ],
    }),
    post('cyclist', 'Eighty kilometres, then this hill, then nothing but downhill. #cycling', {
      talk: [
        ['tomas.ridge', 'Who took it?', ['bici.bella', 'The one who was faster.']],
        ['marta.fells', 'Empty road, evening, tailwind. Church.'],
      ],
    }),
    post(
      shot('bike', { ratio: '4:5', at: [0.5, 0.5], filter: 'rosewater' }),
      'Same bicycle, next morning. Still waiting.',
    ),
    post(
      shot('cyclist', { ratio: '16:9', at: [0.5, 0.35], filter: 'dusk' }),
      'Five minutes before the lamp went on.',
      { talk: [['anouk.lacs', 'That sky.']] },
    ),
  ]),
]
