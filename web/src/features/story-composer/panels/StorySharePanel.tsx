import { limits, textLength } from '@tintype/contract'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { CircleChoice } from '../../../things/circles/CircleChoice.tsx'
import { t as circles } from '../../../things/circles/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import { Choice } from '../../../ui/Choice.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { toast } from '../../../ui/toast.ts'
import { t } from '../messages.ts'
import { spokenText } from '../scene/words.ts'
import { useDraft, useStory } from '../story-context.ts'
import { PanelBody } from './PanelFrame.tsx'

/** To whom, who may reply, and what it says to those who cannot see it. */
export function StorySharePanel({ onShared }: { onShared: () => void }) {
  const session = useStory()
  const { scene, settings } = useDraft()
  const [sharing, setSharing] = useState(false)
  const { present } = scene
  const altText = present.altText ?? spokenText(present)
  const handleShare = async () => {
    setSharing(true)
    try {
      await session.share()
      onShared()
    } catch {
      setSharing(false)
      toast(t('share.broken'))
    }
  }
  return (
    <PanelBody>
      <Choice
        label={t('share.audience')}
        value={settings.audience}
        options={(['followers', 'close_friends'] as const).map((value) => ({
          value,
          label: t(`audience.${value}`),
          hint: t(`audienceHint.${value}`),
        }))}
        onChange={(audience) => session.choose({ audience })}
      />
      {settings.audience === 'followers' && (
        <CircleChoice
          all={circles('circles.allStory')}
          chosen={settings.circles}
          onChange={(chosen) => session.choose({ circles: chosen })}
        />
      )}
      <Choice
        label={t('share.replies')}
        value={settings.replies}
        options={(['everyone', 'following', 'off'] as const).map((value) => ({
          value,
          label: t(`replies.${value}`),
          hint: t(`repliesHint.${value}`),
        }))}
        onChange={(replies) => session.choose({ replies })}
      />
      <TextArea
        label={t('share.altText')}
        hint={t('share.altHint')}
        rows={2}
        value={altText}
        maxLength={limits.altText}
        count={
          textLength(altText) > limits.altText - 100
            ? `${textLength(altText)} / ${limits.altText}`
            : undefined
        }
        onChange={(text) => session.change((now) => ({ ...now, altText: text }), 'alt-text')}
      />
      <Button
        label={t('share.action')}
        icon={Send}
        tone="primary"
        size="large"
        wide
        busy={sharing}
        onPress={() => void handleShare()}
      />
    </PanelBody>
  )
}
