#!/usr/bin/env node
// Two variants with one constant.
require('./sound-source.cjs').main({
  specification: ({properties}) => {
    const {oneOf} = properties.access;
    oneOf.push({...oneOf[1], title: 'Nobody again'});
  },
});
