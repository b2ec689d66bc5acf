import { findErrorBy } from '@platformatic/kafka'
import { OutOfRange, TopicLost } from './port.ts'

/** The client's error, as one that says what to do. */
export function kindOf(error: unknown): unknown {
  if (findErrorBy(error as Error, 'apiId', 'OFFSET_OUT_OF_RANGE'))
    return new OutOfRange('the place is not in the topic', { cause: error })
  if (isUnknownTopic(error)) return new TopicLost('the topic is gone', { cause: error })
  return error
}

const UNKNOWN = ['UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID', 'INCONSISTENT_TOPIC_ID']

/** The client tells of a topic that it does not find in the metadata in words only. */
export const isUnknownTopic = (error: unknown): boolean =>
  UNKNOWN.some((id) => findErrorBy(error as Error, 'apiId', id)) || /Unknown topic/.test(allMessages(error))

/** What a failure and all that lies below it say. */
export function allMessages(error: unknown): string {
  const { message = String(error), errors = [], cause } = error as Error & { errors?: unknown[] }
  return [message, ...errors.map(allMessages), ...(cause ? [allMessages(cause)] : [])].join(' ')
}
