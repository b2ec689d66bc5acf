import { createT } from '../../kit/i18n.ts'

/** Loaded with the menu of a post and the page of a hashtag, not with the app. */
export const t = createT({
  'favourite.add': 'Add {name} to favourites',
  'favourite.remove': 'Remove {name} from favourites',
  'favourite.added': '{name} is among your favourites',
  'favourite.removed': '{name} is no longer among your favourites',
  'snooze.do': 'Snooze {name} for 30 days',
  'snooze.done': 'You will not see posts by {name} for 30 days',
  'snooze.undo': 'Undo',
  'tag.follow': 'Follow',
  'tag.following': 'Following',
  'tag.followed': 'New posts with #{tag} come to your home feed',
  'rank.title': 'Why you see this here',
  'rank.hashtag': 'You follow #{tag}.',
  'rank.note': 'For you is ordered by points. This post has {points}:',
  'rank.popularity': 'Likes, comments and reposts: {likes}, {comments} and {reposts}',
  'rank.affinity': 'What you liked, commented on and saved of {name}: {count}',
  'rank.recency': 'How new it is',
  'rank.weights': 'What counts how much for you',
  'rank.weights.popularity': 'Likes, comments and reposts',
  'rank.weights.affinity': 'Whom you care for',
  'rank.weights.recency': 'What is new',
  'rank.reset': 'As it was',
})
