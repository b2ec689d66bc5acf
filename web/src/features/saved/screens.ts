export { default as CollectionScreen } from './CollectionScreen.tsx'
export { default as SavedScreen } from './SavedScreen.tsx'
