import { useMutation, useQuery } from '@tanstack/react-query'
import type { AppRequest, AskedByApp } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { errorText } from '../../data/report-error.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import { AuthPage } from '../../things/account/AuthPage.tsx'
import { leave } from '../../things/apps/leave.ts'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { CrookedFrame } from '../../ui/drawings/CrookedFrame.tsx'
import { FilmEnd } from '../../ui/drawings/FilmEnd.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Asked } from './Asked.tsx'
import { t } from './messages.ts'
import { requestIn } from './request.ts'
import { useTextSearch } from './use-text-search.ts'

/** Where an app sends its members to be asked: `/oauth/authorize` leads here. */
export function ConsentScreen() {
  usePageTitle(t('consent.page'))
  const q = useTextSearch('q')
  const request = requestIn(q)
  const query = useQuery({
    queryKey: ['consent', q],
    queryFn: () => api.apps.asked({ query: request }),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <AuthPage>
      {query.isPending && <Spinner />}
      {query.isError && <Unanswerable error={query.error} />}
      {query.data && <Question request={request} asked={query.data} />}
    </AuthPage>
  )
}

function Question({ request, asked }: { request: AppRequest; asked: AskedByApp }) {
  const { app, returns_to, refused_to } = asked
  const answer = useMutation({
    mutationFn: (allow: boolean) => api.apps.answer({ body: { ...request, allow } }),
    onSuccess: ({ redirect_to }) => leave.to(redirect_to),
  })
  // Nobody is sent to an address that anybody may have given without a word of theirs.
  if (refused_to !== null)
    return (
      <EmptyState
        main
        drawing={<CrookedFrame />}
        title={t('consent.bad')}
        text={t('consent.refused', { app: app.name })}
        action={
          <Button
            label={returns_to === null ? t('consent.back') : t('consent.backTo', { host: returns_to })}
            onPress={() => leave.to(refused_to)}
          />
        }
      />
    )
  if (answer.isSuccess)
    return (
      <EmptyState
        main
        drawing={<FilmEnd />}
        title={t('consent.left', { app: app.name })}
        text={t('consent.leftText')}
        action={<ButtonLink to="/" label={t('consent.home')} />}
      />
    )
  const note = returns_to === null ? t('consent.returnsHere') : t('consent.returns', { host: returns_to })
  return (
    <Asked
      app={app}
      note={note}
      error={answer.error}
      busy={answer.isPending ? answer.variables : undefined}
      onAnswer={(allow) => answer.mutate(allow)}
    />
  )
}

function Unanswerable({ error }: { error: unknown }) {
  return (
    <EmptyState
      main
      drawing={<CrookedFrame />}
      title={t('consent.bad')}
      text={errorText(error)}
      action={<ButtonLink to="/" label={t('consent.home')} />}
    />
  )
}
