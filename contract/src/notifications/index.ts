export * from './events.ts'
export * from './messages.ts'
export * from './routes.ts'
export * from './schemas.ts'
