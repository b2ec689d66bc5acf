export { default as ArchivedScreen } from './ArchivedScreen.tsx'
export { default as HighlightScreen } from './HighlightScreen.tsx'
export { default as StoriesScreen } from './StoriesScreen.tsx'
