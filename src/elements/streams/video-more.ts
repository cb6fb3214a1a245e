import { html, nothing } from 'lit';
import type { DeskVideo } from '../../session/streams.ts';
import { promptOf } from './form-wishes.ts';
import type { VideoPane } from './video-pane.ts';

/** What else can be asked of a video: its words, captions in its picture, a file, an analysis. */
export function videoMore({ words, desk, work, answers, answered, play }: VideoPane, { id }: DeskVideo) {
  const [heard, burnt, file, told] = [`index ${id}`, `burn ${id}`, `file ${id}`, `analyse ${id}`];
  const spoken = `words ${id}`;
  const ask = (key: string, wish: (progress: (percentage: number | null) => void) => Promise<string>): void =>
    void work.run(key, wish).then((answer) => {
      if (answer !== null) answered(key, answer);
    });
  const burn = (): void =>
    void work
      .run(burnt, (progress) => desk.subtitled(id, progress))
      .then((clip) => {
        if (clip !== null) play(clip);
      });
  const analyse = (event: SubmitEvent): void => {
    event.preventDefault();
    const prompt = promptOf(new FormData(event.currentTarget as HTMLFormElement));
    ask(told, (progress) => desk.analyse(id, prompt, progress));
  };
  const button = (key: string, label: string, press: () => void) =>
    html`<button class="outline" aria-disabled=${work.busy(key)} @click=${press}>${label}</button>`;
  const progress = (key: string, label: string) =>
    work.busy(key)
      ? html`<label class="progress"
          ><span>${label}</span><progress max="100" .value=${work.progress(key) ?? 0}></progress
        ></label>`
      : nothing;
  const said = answers.get(spoken);
  const link = answers.get(file);
  const analysis = answers.get(told);
  return html`<details class="more">
    <summary>${words.videoMore}</summary>
    <div class="ways">
      ${button(spoken, words.videoWords, () => ask(spoken, () => desk.videoWords(id)))}
      ${button(heard, words.videoIndex, () => void work.run(heard, (step) => desk.indexSpokenWords(id, step)))}
      ${button(burnt, words.videoBurn, burn)}
      ${
        link === undefined
          ? button(file, words.videoDownload, () => ask(file, () => desk.download(id)))
          : html`<a class="button" href=${link} download>${words.videoFile}</a>`
      }
    </div>
    ${progress(heard, words.videoIndexing)} ${progress(burnt, words.videoBurning)}
    <div role="status">
      ${said === undefined ? nothing : html`<p class="told" dir="auto">${said === '' ? words.videoNoWords : said}</p>`}
    </div>
    <form class="line" @submit=${analyse}>
      <label>
        <span>${words.videoPrompt}</span>
        <input name="prompt" required maxlength="2000" autocomplete="off" placeholder=${words.videoPromptExample} />
      </label>
      <button class="outline" aria-disabled=${work.busy(told)}>${words.videoAnalyse}</button>
    </form>
    ${progress(told, words.videoAnalysing)}
    <div role="status">
      ${analysis === undefined ? nothing : html`<pre class="told" dir="ltr" tabindex="0">${analysis}</pre>`}
    </div>
  </details>`;
}
