import { createT } from '../../kit/i18n.ts'

/** Loaded with explore and with the menu of a post, not with the app. */
export const t = createT({
  'why.title': 'Why you see this',
  'why.likedBy': 'Liked by {names}',
  'why.likedBySomebody': 'Liked by people you follow',
  'why.followedBy': 'Followed by {names}',
  'why.followedBySomebody': 'Followed by people you follow',
  'why.similar': 'Because you liked a post by {about}',
  'why.similarSome': 'People who like what you like, like this',
  'why.trending': 'Getting more likes than usual just now',
  'why.hashtag': 'You liked posts with #{about}',
  'why.place': 'You liked a picture from {about}',
  'why.new': 'New here',
  'why.again': 'You have seen all that is new; this comes again',
  'explore.why': 'Why am I seeing this?',
  'explore.refuse': 'Not interested',
  'explore.refused': 'You will see less like this',
  'explore.hide': 'Hide {name} from explore',
  'explore.hidden': '{name} is hidden from explore',
  'explore.undo': 'Undo',
})
