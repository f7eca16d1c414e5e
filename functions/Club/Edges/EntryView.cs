using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;

namespace Club.Edges;

/// <summary>An entry as answers tell it: what is stored, member by member, and the arithmetic of its lines in words, which no hash
/// covers.</summary>
public static class EntryView
{
    public static JsonObject Of(Entry entry)
    {
        var view = JsonSerializer.SerializeToNode(entry, ClubJson.Answers)!.AsObject();
        var lines = view["explanation"]!.AsArray();
        for (var i = 0; i < lines.Count; i++) lines[i]!["arithmetic"] = entry.Explanation[i].In(Language.English);
        return view;
    }
}
