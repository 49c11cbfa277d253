import path from 'node:path';

import {build, type BuildResult} from 'esbuild';

const PAGE = path.join(__dirname, '..', 'page');

/** The two parts that every page carries in itself. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

/** Bundles the program and the style of the pages; no page loads anything. */
export async function bundlePage(): Promise<PageParts> {
  const [script, style] = await Promise.all([
    bundled('main.tsx'),
    bundled('preview.css'),
  ]);
  return {script, style};
}

async function bundled(name: string): Promise<string> {
  const {outputFiles} = (await build({
    entryPoints: [path.join(PAGE, name)],
    bundle: true,
    minify: true,
    write: false,
    jsx: 'automatic',
    target: 'es2022',
    define: {'process.env.NODE_ENV': '"production"'},
    legalComments: 'eof',
    logLevel: 'warning',
  })) as BuildResult<{write: false}>;
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`Nothing was made of ${name}.`);
  return file.text;
}

/** One file of HTML that shows the form of a specification. */
export function previewPage(
  parts: PageParts,
  shown: {readonly name: string; readonly specification: unknown},
): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${shown.name}</title>
<link rel="icon" href="data:,">
<style>${parts.style}</style>
<div id="root"></div>
<script type="application/json" id="preview">${inScript(JSON.stringify(shown))}</script>
<script>${inScript(parts.script)}</script>
</html>
`;
}

/** Text inside a script element must not end it. */
const inScript = (text: string): string => text.replaceAll('</script', '<\\/script');
