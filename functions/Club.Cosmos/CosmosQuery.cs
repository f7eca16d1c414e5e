using System.Text;
using System.Text.Json;
using Club.Store;
using Microsoft.Azure.Cosmos;

namespace Club.Cosmos;

/// <summary>An index query in Cosmos DB's SQL: a plain filter that the index answers, for keys with one value and with several.</summary>
internal static class CosmosQuery
{
    public static QueryDefinition Of(IndexQuery query)
    {
        // The name is a quoted, escaped property name; the values travel as parameters.
        var key = $"c.ix[{JsonSerializer.Serialize(query.Index)}]";
        var equal = query.From == query.To;
        var text = new StringBuilder("SELECT c.id, c.pk, c.type, c._etag, c.body FROM c WHERE (")
            .Append(Filter(key, equal)).Append(" OR EXISTS(SELECT VALUE v FROM v IN ").Append(key).Append(" WHERE ").Append(Filter("v", equal)).Append("))");
        if (query.Bucket is not null) text.Append(" AND c.ix[\"").Append(CosmosItem.Bucket).Append("\"] = @bucket");

        var definition = new QueryDefinition(text.ToString()).WithParameter("@from", query.From);
        if (!equal) definition.WithParameter("@to", StoreArguments.UpperEnd(query.To));
        if (query.Bucket is { } bucket) definition.WithParameter("@bucket", bucket);
        return definition;
    }

    private static string Filter(string value, bool equal) => equal ? $"{value} = @from" : $"({value} >= @from AND {value} <= @to)";
}
