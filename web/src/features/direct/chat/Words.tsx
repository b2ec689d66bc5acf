import { RichText } from '../../../ui/RichText.tsx'
import styles from './MessageBody.module.css'

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s){1,12}$/u
const DIGIT = /[0-9#*]/

/** A text whose tags, names and addresses are links; a few emoji by themselves are large. */
export function Words({ text }: { text: string }) {
  const isLarge = ONLY_EMOJI.test(text) && !DIGIT.test(text)
  return (
    <span className={isLarge ? styles.large : styles.words} dir="auto">
      <RichText text={text} />
    </span>
  )
}
