export { type NewPost, type NewStory, Person } from './person.ts'
export { type Photo, photo, photoOf } from './photo.ts'
export { startSystem, type TestSystem } from './system.ts'
export { webApp } from './web-app.ts'
