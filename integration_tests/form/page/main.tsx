import {createRoot} from 'react-dom/client';

import {Preview, type PreviewProps} from './preview';

const said = document.getElementById('preview')?.textContent ?? '{}';
const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(<Preview {...(JSON.parse(said) as PreviewProps)} />);
