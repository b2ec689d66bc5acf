import { lazyRouteComponent, useChildMatches } from '@tanstack/react-router'
import { type ComponentType, useEffect } from 'react'
import { endFirstPaint } from '../ui/first-paint.ts'

/**
 * A screen whose code comes when it is shown. React takes each over after the one around it: the innermost says that the page
 * is there, or what was typed into it before would be given to fields that do not listen yet.
 */
export const screen = (load: () => Promise<{ default: ComponentType }>) =>
  lazyRouteComponent(async () => {
    const { default: Shown } = await load()
    return {
      default: function Screen() {
        const isInnermost = useChildMatches({ select: (inner) => inner.length === 0 })
        useEffect(() => {
          if (isInnermost) endFirstPaint()
        }, [isInnermost])
        return <Shown />
      },
    }
  })
