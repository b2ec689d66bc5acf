import { createT } from '../../kit/i18n.ts'

export const t = createT({
  'home.favourites': 'Favourites',
  'favourites.empty': 'No favourites yet',
  'favourites.emptyText':
    'Choose “Add to favourites” in the menu of a post, and that member’s posts come here.',
  'home.hashtag': 'You follow #{tag}',
  'home.repostedBy': 'Shared by {name}',
  'home.repostedBy2': 'Shared by {name} and {other}',
})
