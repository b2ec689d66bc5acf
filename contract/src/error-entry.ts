import { type ErrorCode, errors } from './errors.ts'

/** What the table says of a code. The app in a browser has a small table in its place: replies carry their message. */
export const errorEntry = (code: ErrorCode): { status: number; message: string } => errors[code]
