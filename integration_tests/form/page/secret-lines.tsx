import {type WidgetProps} from '@rjsf/utils';
import {type ReactElement} from 'react';

/** A secret of several lines: an input for passwords would take its line ends away. */
export function SecretLines(props: WidgetProps): ReactElement {
  const {id, required, onChange} = props;
  return (
    <textarea
      id={id}
      className="secret"
      required={required ?? false}
      value={String(props.value ?? '')}
      onChange={({target}) => onChange(target.value === '' ? undefined : target.value)}
    />
  );
}
