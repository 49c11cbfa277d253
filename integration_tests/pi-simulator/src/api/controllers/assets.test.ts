import {
  type Reply,
  type AnsweredLinks,
  type TestClient,
  named,
  withSimulator,
} from '../../test-client';

describe('assets', () => {
  it('row 36: lead from the server over its databases to the elements at the top', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.get(await databaseLink(client, 'Elements'));

      expect(body.Items.map((item) => item.Name)).toEqual(['Alder', 'Birch', 'Cedar']);
      expect(body.Items[0]).toMatchObject({
        Path: '\\\\AFSRV01\\Production\\Alder',
        Paths: null,
        TemplateName: 'Site',
        HasChildren: true,
        CategoryNames: ['Organization'],
      });
      expect(body.Items[0].Links.Parent).toBeUndefined();
    });
  });

  it('row 36: hand out the whole hierarchy in pages that hold each element once', async () => {
    await withSimulator({}, async (client) => {
      const ids: string[] = [];
      let next: string | undefined =
        `${await databaseLink(client, 'Elements')}?searchFullHierarchy=true&maxCount=17&selectedFields=Items.Id;Links.Next`;
      while (next !== undefined) {
        const {body}: Reply = await client.get(next);
        ids.push(...body.Items.map((item) => item.Id));
        next = body.Links.Next;
      }

      expect(ids).toHaveLength(66);
      expect(new Set(ids).size).toBe(66);
    });
  });

  it.each([
    ['nameFilter=Reactor*', 9],
    ['templateName=Equipment', 36],
    ['templateName=pump', 9],
    ['categoryName=Vessel', 18],
    ['descriptionFilter=*no. 1?', 6],
    ['elementType=Transfer', 0],
    ['nameFilter=Lager %26 Versand', 3],
  ])('row 36: filter elements by %s', async (query, count) => {
    await withSimulator({}, async (client) => {
      const {body} = await client.get(
        `${await databaseLink(client, 'Elements')}?searchFullHierarchy=true&${query}`,
      );

      expect(body.Items).toHaveLength(count);
    });
  });

  it('row 36: sort elements by name, upwards unless asked otherwise', async () => {
    await withSimulator({}, async (client) => {
      const link = await databaseLink(client, 'Elements');
      const names = async (query: string): Promise<string[]> => {
        const {body} = await client.get(`${link}?${query}`);
        return body.Items.map((item) => item.Name);
      };

      expect(await names('sortOrder=Descending')).toEqual(['Cedar', 'Birch', 'Alder']);
      expect(await names('sortField=Name')).toEqual(['Alder', 'Birch', 'Cedar']);
      expect((await client.get(`${link}?sortField=Colour`)).status).toBe(400);
    });
  });

  it('row 36: lead from an element to its parent, template, children and references', async () => {
    await withSimulator({}, async (client) => {
      const unit = (await client.get(`/elements?path=${path('Alder\\Utilities\\U2')}`))
        .body;

      const parent = await client.get(unit.Links.Parent);
      const template = await client.get(unit.Links.Template);
      const children = await client.get(unit.Links.Elements);
      const references = await client.get(`/elements/${unit.WebId}/referencedelements`);
      const spare = references.body.Items[0];
      const paths = await client.get(`/elements/${spare.WebId}/paths`);

      expect(parent.body.Name).toBe('Utilities');
      expect(template.body).toMatchObject({Name: 'Unit', InstanceType: 'Element'});
      expect(children.body.Items.map((item) => item.Name)).toEqual([
        'Compressor 4',
        'Tank 3',
      ]);
      expect(spare.Path).toBe('\\\\AFSRV01\\Production\\Alder\\Process\\U1\\Pump 2');
      expect(paths.body.Items).toEqual([
        spare.Path,
        '\\\\AFSRV01\\Production\\Alder\\Utilities\\U2\\Pump 2',
      ]);
    });
  });

  it('row 36: show attributes that point at points, with a link to the point', async () => {
    await withSimulator({}, async (client) => {
      const reactor = (
        await client.get(`/elements?path=${path('Alder\\Process\\U1\\Reactor 1')}`)
      ).body;

      const {body} = await client.get(
        `${reactor.Links.Attributes}?associations=DataReference`,
      );

      const byName = (name: string) => named(body.Items, name);
      expect(byName('Temperature')).toMatchObject({
        Type: 'Double',
        DataReferencePlugIn: 'PI Point',
        ConfigString: '\\\\PISRV01\\Alder.U1.TI-001',
        DefaultUnitsNameAbbreviation: '°C',
        HasChildren: true,
        DataReference: {Type: 'PIPoint', PIPoint: {Name: 'Alder.U1.TI-001', Id: 1}},
      });
      expect((await client.get(byName('Temperature').Links.Point)).body.Name).toBe(
        'Alder.U1.TI-001',
      );
      expect(byName('Manufacturer')).toMatchObject({
        DataReferencePlugIn: '',
        Type: 'String',
      });
      expect(byName('Manufacturer').Links.Point).toBeUndefined();
      expect(body.Items.map((item) => item.Name)).not.toContain('High Limit');
    });
  });

  it('row 36: show child attributes only when asked for the full hierarchy', async () => {
    await withSimulator({}, async (client) => {
      const reactor = (
        await client.get(`/elements?path=${path('Alder\\Process\\U1\\Reactor 1')}`)
      ).body;

      const {body} = await client.get(
        `${reactor.Links.Attributes}?searchFullHierarchy=true`,
      );

      const child = named(body.Items, 'High Limit');
      expect(child.Path.endsWith('Reactor 1|Temperature|High Limit')).toBe(true);
      expect((await client.get(child.Links.Parent)).body.Name).toBe('Temperature');
      expect((await client.get(`/attributes/${child.WebId}`)).body.Id).toBe(child.Id);
    });
  });

  it('row 36: give enumeration values as objects that the set explains', async () => {
    await withSimulator({}, async (client) => {
      const reactor = (
        await client.get(`/elements?path=${path('Alder\\Process\\U1\\Reactor 1')}`)
      ).body;
      const {body} = await client.get(
        `${reactor.Links.Attributes}?nameFilter=Criticality`,
      );
      const [attribute] = body.Items;

      const value = await client.get(attribute.Links.Value);
      const values = await client.get(attribute.Links.EnumerationValues);

      expect(attribute).toMatchObject({
        Type: 'EnumerationValue',
        TypeQualifier: 'Criticality',
      });
      expect(values.body.Items.map((item) => item.Name)).toEqual([
        'Low',
        'Medium',
        'High',
      ]);
      expect(values.body.Items[value.body.Value.Value]?.Name).toBe(
        value.body.Value.Name,
      );
    });
  });

  it('row 36: refuse the history of a static attribute with 409', async () => {
    await withSimulator({}, async (client) => {
      const {body} = await client.get(
        `/attributes?path=${path('Alder\\Process\\U1\\Reactor 1|Manufacturer')}`,
      );

      expect((await client.get(body.Links.RecordedData)).status).toBe(409);
      expect((await client.get(body.Links.Value)).status).toBe(200);
    });
  });

  it('row 36: find attributes over the whole database', async () => {
    await withSimulator({}, async (client) => {
      const base = (await databaseLink(client, 'Self')) + '/elementattributes';

      const {body} = await client.get(
        `${base}?searchFullHierarchy=true&attributeNameFilter=Temperature*&elementTemplate=Equipment`,
      );

      expect(body.Items).toHaveLength(9);
    });
  });

  it('row 36: keep templates with inheritance, categories, tables and enumeration sets', async () => {
    await withSimulator({}, async (client) => {
      const names = async (
        link: keyof AnsweredLinks,
        query = '',
      ): Promise<string[]> => {
        const {body} = await client.get((await databaseLink(client, link)) + query);
        return body.Items.map((item) => item.Name);
      };
      const templates = await client.get(
        await databaseLink(client, 'ElementTemplates'),
      );
      const pump = named(templates.body.Items, 'Pump');
      const own = await client.get(pump.Links.AttributeTemplates);
      const all = await client.get(
        `${pump.Links.AttributeTemplates}?showInherited=true`,
      );
      const bases = await client.get(pump.Links.BaseTemplates);
      const table = (await client.get(await databaseLink(client, 'Tables'))).body
        .Items[0];

      expect(templates.body.Items.map((item) => item.InstanceType)).toContain(
        'EventFrame',
      );
      expect(own.body.Items.map((item) => item.Name)).toEqual([
        'Rated Power',
        'Impeller Diameter',
      ]);
      expect(all.body.Items).toHaveLength(5);
      expect(bases.body.Items.map((item) => item.Name)).toEqual(['Equipment']);
      expect(await names('ElementCategories')).toContain('Rotating');
      expect(await names('AttributeCategories')).toContain('Measurement');
      expect(await names('TableCategories')).toEqual(['Reference Data']);
      expect(await names('EnumerationSets')).toEqual([
        'Criticality',
        'Downtime Reason',
      ]);
      expect((await client.get(table.Links.Data)).body).toMatchObject({
        Columns: {Product: 'System.String'},
        Rows: expect.arrayContaining([expect.objectContaining({Product: 'Primer'})]),
      });
    });
  });

  it('row 36: answer multiples with 207 where one is missing', async () => {
    await withSimulator({}, async (client) => {
      const {status, body} = await client.get(
        `/elements/multiple?path=${path('Alder')}&path=${path('Nowhere')}`,
      );

      expect(status).toBe(207);
      expect(body.Items[0].Object.Name).toBe('Alder');
      expect(body.Items[1].Exception.Errors).toHaveLength(1);
    });
  });

  it('row 36: leave no link behind that leads nowhere', async () => {
    await withSimulator({points: 32, plants: 1, historyDays: 1}, async (client) => {
      const missing = new Set<string>();
      const objects = [
        '/assetservers',
        await databaseLink(client, 'Self'),
        `/elements?path=${path('Alder\\Process\\U1\\Reactor 1')}`,
        `/attributes?path=${path('Alder\\Process\\U1\\Reactor 1|Temperature')}`,
        '/points?path=\\\\PISRV01\\Alder.U1.TI-001',
        `${await databaseLink(client, 'EventFrames')}?maxCount=1`,
        `${await databaseLink(client, 'ElementTemplates')}?maxCount=5`,
        await databaseLink(client, 'EnumerationSets'),
        await databaseLink(client, 'Tables'),
      ];
      for (const object of objects) {
        const {body} = await client.get(object);
        const items = 'Items' in body ? body.Items : [body];
        for (const [name, link] of items.flatMap(({Links}) => Object.entries(Links))) {
          if ((await client.get(String(link))).status === 404) missing.add(name);
        }
      }

      expect([...missing].toSorted()).toEqual([]);
    });
  });
});

function path(below: string): string {
  return encodeURIComponent(`\\\\AFSRV01\\Production\\${below}`);
}

/** A link of the production database. */
async function databaseLink(
  client: TestClient,
  name: keyof AnsweredLinks,
): Promise<string> {
  const {body} = await client.get(
    `/assetdatabases?path=${encodeURIComponent('\\\\AFSRV01\\Production')}`,
  );
  return String(body.Links[name]);
}
