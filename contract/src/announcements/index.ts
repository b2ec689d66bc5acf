export * from './events.ts'
export * from './routes.ts'
export * from './schemas.ts'
export * from './subjects.ts'
