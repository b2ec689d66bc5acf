import { face, type Group, member, post, shot } from '../script.ts'

/** Old plates and those who look after them; the owner of the place is one of them. */
export const darkroom: Group = [
  member(
    'robin.vale',
    'Robin Vale',
    'I keep the lights (red) on here. Club night on Thursdays.',
    face('cameras', 0.72, 0.6, 0.9),
    [
      post('cameras', 'Welcome to Safelight. No ads, just us and our pictures. Say hello below! #welcome', {
        talk: [
          ['marta.fells', 'Hello from the wet end of the country!'],
          ['giulia.canali', 'Ciao a tutti!'],
          [
            'plate.house',
            'Good evening from the archive.',
            ['robin.vale', 'Arthur! You found the comment button!'],
          ],
          ['night.shift', 'Hello, it is 4 am here.'],
          ['pony.post', 'The pony says hello too.'],
        ],
      }),
      post('travel-table', 'Planning the club outing. Three days, one map, far too many opinions. #outing', {
        talk: [
          ['camera.shelf', 'I vote for the forest.'],
          ['tomas.ridge', 'Bring proper boots this time, everyone.'],
          ['bici.bella', 'Is it bikeable?', ['robin.vale', 'All of it, slowly.']],
        ],
      }),
      post(
        shot('cameras', {
          ratio: '1:1',
          at: [0.85, 0.5],
          filter: 'collodion',
          alt: 'Folding camera with bellows',
        }),
        'Thursday: bring something with bellows.',
        {
          talk: [
            ['camera.shelf', 'I will bring three.'],
            ['dusty.negatives', 'I will bring film from 1974 and hope.'],
          ],
        },
      ),
      post(
        shot('travel-table', {
          ratio: '4:5',
          at: [0, 0.9],
          filter: 'linen',
          alt: 'Orange bag, notebook and pencil on a map',
        }),
        'Packed. #outing',
      ),
    ],
  ),
  member(
    'plate.house',
    'Arthur Bell',
    'Archivist of glass. Every plate here is older than your grandmother.',
    face('nagasaki', 0.7, 0.55, 0.5),
    [
      post(
        'nagasaki',
        'Nagasaki, about 1865, by Felice Beato. Albumen print. Every boat had to stand still for him. #archive #albumen',
        {
          talk: [
            ['giulia.canali', 'Like our lagoon, with hills.'],
            ['dusty.negatives', 'The reflections around the hull!'],
            [
              'salt.and.slate',
              'What are the roofed boats for?',
              ['plate.house', 'Pleasure boats, as far as I know. Somebody is sitting in one.'],
            ],
          ],
        },
      ),
      post(
        'black-canyon',
        'Black Cañon, Colorado River, 1871. O’Sullivan carried glass, water and silver upstream for this. #archive',
        {
          talk: [
            ['tomas.ridge', 'And I complain about my rucksack.'],
            ['old.pines', 'The water turned to milk by the exposure. 150 years before it was a trend.'],
            [
              'robin.vale',
              'That little boat held the darkroom?',
              ['plate.house', 'That very one, we believe.'],
            ],
          ],
        },
      ),
      post(
        'old-alps',
        'The French Alps around 1870, by Adolphe Braun. A carbon print: it has not faded, and will not. #archive #alps',
        {
          talk: [
            ['ines.altura', 'I know that skyline. More ice then.'],
            ['marta.fells', 'More ice then. Yes.'],
          ],
        },
      ),
      post(
        'sheep-march',
        '“A March Pastoral”, P. H. Emerson, 1888. He wanted it soft, and quarrelled with everyone about it. #archive',
        {
          talk: [
            ['pony.post', 'Ancestors of the bass player!'],
            ['old.pines', 'He was right about soft.'],
          ],
        },
      ),
      post(
        shot('nagasaki', {
          ratio: '1:1',
          at: [0.75, 0.5],
          zoom: 0.6,
          alt: 'Wooden boat with a tall mast, close',
        }),
        'A detail of the Nagasaki plate. Look at the rigging.',
        { talk: [['lines.and.light', 'Drawn with a ruler.']] },
      ),
      post(
        shot('black-canyon', {
          ratio: '4:5',
          at: [0.25, 0.9],
          zoom: 0.7,
          alt: 'Boat with a mast on a stony river bank',
        }),
        'The boat again, nearer. Somebody left a box on deck. #archive',
      ),
    ],
  ),
  member(
    'botanica.1928',
    'Clara Stein',
    'Plants as architecture. Prints, presses, patience.',
    face('acanthus', 0.5, 0.12, 0.7),
    [
      post(
        'acanthus',
        'Blossfeldt, 1928. He built his camera himself and taught ironwork with it. #botany #archive',
        {
          talk: [
            ['lines.and.light', 'Every column capital ever, done better.'],
            ['leaf.edge', 'Acanthus mollis. The bracts are vicious.', ['botanica.1928', 'I have the scars.']],
          ],
        },
      ),
      post('allium', 'An allium before it opens, thirty times enlarged. #botany #archive', {
        talk: [
          ['green.house9', 'I have this in bed four! Never looked.'],
          ['crumb.diary', 'Onion royalty.'],
        ],
      }),
      post(
        [shot('acanthus', { ratio: '4:5' }), shot('allium', { ratio: '4:5' })],
        'The pair, as they hang in my hall. #botany',
        { talk: [['paper.drawer', 'The paper tone!']] },
      ),
      post(
        shot('allium', { ratio: '1:1', at: [0.5, 0.05], zoom: 0.8, filter: 'cyanotype' }),
        'What if he had worked in blue? #cyanotype',
        { talk: [['leaf.edge', 'Then Anna Atkins would have had a word.']] },
      ),
    ],
  ),
  member(
    'dusty.negatives',
    'June Harlan',
    'Scanning one shoebox at a time.',
    face('biplane', 0.5, 0.4, 0.7),
    [
      post(
        'dust-bowl',
        'A house from the dust years, by Dorothea Lange, 1940. The door is still open. #archive',
        {
          talk: [
            ['old.pines', 'The clouds do not care at all.'],
            ['sam.uptown', 'I looked at this for a long time.'],
            ['hollis.atx', 'I grew up two hours from places like this.'],
          ],
        },
      ),
      post('biplane', 'Looking down on a biplane, 1929. Imagine the other cockpit. #archive #aviation', {
        talk: [
          ['pad39', 'Imagine changing the plate up there.', ['dusty.negatives', 'In gloves!']],
          ['crumb.diary', 'The shadow of a cloud, and then fields, and then us.'],
        ],
      }),
      post(
        shot('dust-bowl', { ratio: '16:9', at: [0.8, 0.55], zoom: 0.75, filter: 'sepia' }),
        'The same house a little nearer, a little older.',
      ),
      post(shot('biplane', { ratio: '1:1', at: [0.55, 0.4] }), 'Square for the wall.', {
        talk: [['robin.vale', 'I have just the frame.']],
      }),
    ],
  ),
  member(
    'camera.shelf',
    'Emil Novák',
    'Forty cameras, one pair of hands.',
    face('for-sale', 0.2, 0.3, 0.8),
    [
      post(
        'for-sale',
        'November 1984: two lost satellites caught by hand, and a sense of humour. #shuttle #archive',
        {
          talk: [
            ['pad39', 'STS-51-A! The only recovery service that ever advertised.'],
            ['benchwork', 'Repaired and resold. My kind of people.'],
            [
              'far.lights',
              'Is that the photographer in the visor?',
              ['camera.shelf', 'It is! Look closely.'],
            ],
          ],
        },
      ),
      post(
        shot('for-sale', {
          ratio: '1:1',
          at: [0.25, 0.3],
          zoom: 0.6,
          alt: 'Spacesuit helmet with a mirrored visor, another astronaut reflected in it',
        }),
        'For those who asked: the visor.',
        { talk: [['far.lights', 'There he is!']] },
      ),
      post(
        shot('cameras', {
          ratio: '4:5',
          at: [0.15, 0.5],
          filter: 'paper',
          alt: 'Film camera with a large lens',
        }),
        'Robin’s shelf, borrowed. The left one is mine, whatever he says.',
        {
          talk: [
            ['robin.vale', 'It is not.'],
            ['camera.shelf', 'See.'],
          ],
        },
      ),
    ],
    true,
  ),
]
