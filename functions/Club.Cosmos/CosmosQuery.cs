using System.Globalization;
using System.Text;
using System.Text.Json;
using Club.Store;
using Microsoft.Azure.Cosmos;

namespace Club.Cosmos;

/// <summary>
/// An index query in Cosmos DB's SQL. The filter on the values stands inside the join, where the index answers it (Microsoft's page on
/// subqueries); a document with two values in the range comes twice.
/// </summary>
internal static class CosmosQuery
{
    public static QueryDefinition Of(IndexQuery query)
    {
        // The name is a quoted, escaped property name; the values travel as parameters.
        var equal = query.From == query.To;
        var text = new StringBuilder("SELECT c.id, c.pk, c.type, c._etag, c.body FROM c JOIN (SELECT VALUE v FROM v IN c.ix[")
            .Append(JsonSerializer.Serialize(query.Index)).Append("] WHERE ").Append(equal ? "v = @from" : "v >= @from AND v <= @to")
                .Append(')');
        string[] conditions =
        [
            .. query.Bucket is null ? [] : (string[])[$"c.ix[\"{CosmosItem.Bucket}\"] = @bucket"],
            .. query.Required.Select((key, i) =>
            $"ARRAY_CONTAINS(c.ix[{JsonSerializer.Serialize(key.Name)}], @and{i.ToString(CultureInfo.InvariantCulture)})"),
        ];
        if (conditions.Length > 0) text.Append(" WHERE ").AppendJoin(" AND ", conditions);

        var definition = new QueryDefinition(text.ToString()).WithParameter("@from", query.From);
        if (!equal) definition.WithParameter("@to", StoreArguments.UpperEnd(query.To));
        if (query.Bucket is { } bucket) definition.WithParameter("@bucket", bucket);
        foreach (var (i, key) in query.Required.Index())
            definition.WithParameter($"@and{i.ToString(CultureInfo.InvariantCulture)}", key.Value);
        return definition;
    }
}
