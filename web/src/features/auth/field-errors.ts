import { type ErrorCode, TintypeError } from '@tintype/contract'
import { errorText } from '../../api/report-error.ts'

export interface FormErrors<F extends string> {
  fields: Partial<Record<F, string>>
  /** What belongs to no field. */
  form?: string
}

/** Puts an error of the server where the member can mend it. */
export function placeError<F extends string>(
  error: unknown,
  fieldOf: Partial<Record<ErrorCode, F>>,
): FormErrors<F> {
  const text = errorText(error)
  if (!(error instanceof TintypeError)) return { fields: {}, form: text }
  const field = fieldOf[error.code] ?? fieldOfDetails(error, Object.values(fieldOf) as F[])
  if (!field) return { fields: {}, form: text }
  return { fields: { [field]: text } as Partial<Record<F, string>> }
}

/** `validation_failed` names the field in its details where it can. */
function fieldOfDetails<F extends string>(error: TintypeError, known: readonly F[]): F | undefined {
  const name = error.details?.field
  return known.find((field) => field === name)
}
