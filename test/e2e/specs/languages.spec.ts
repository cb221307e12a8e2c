import { expect, test } from '../fixtures'
import { languages, localeOf, type Language } from '../languages'
import { languageForms } from '../pages/language-forms'
import { Writer } from '../pages/language-writer'
import { launchSignedIn } from '../servers'

for (const language of Object.keys(languages) as Language[])
  test.describe(`with the system in ${language}`, { tag: '@language' }, () => {
    for (const { name, pbx: options, use } of languageForms)
      test(`${name}: what is typed is what is sent, and what is shown is what is stored`, async ({
        launch,
        startPbx,
      }) => {
        const pbx = await startPbx({ version: '22.6', ...options })
        const fleet = await launchSignedIn((wanted) => launch({ ...wanted, language }), pbx)
        const spoken = await fleet.page.evaluate(() => [navigator.language, window.fleet.locale])
        expect(spoken).toEqual([expect.stringMatching(new RegExp(`^${language}`)), localeOf(language)])
        await use(new Writer(fleet, pbx, language))
      })
  })
