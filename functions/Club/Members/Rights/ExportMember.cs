using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;

namespace Club.Members;

/// <summary>Everything that the club keeps of one member, as one JSON file: a member for each feature, with a list of what it
/// keeps.</summary>
public sealed class ExportMember(IEnumerable<IExports> parts, ClubCalendar calendar)
{
    private const int FlushBytes = 64 * 1024;

    /// <summary>Written as it is read: a history of any length takes no more memory.</summary>
    public async Task Write(Stream stream, Profile profile, CancellationToken cancellation)
    {
        await using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = ClubJson.Options.Encoder, Indented = true });
        writer.WriteStartObject();
        writer.WriteString("memberId", profile.MemberId);
        writer.WriteString("exportedAt", calendar.Now);
        foreach (var part in parts.OrderBy(part => part.Name, StringComparer.Ordinal))
        {
            writer.WriteStartArray(part.Name);
            await foreach (var item in part.Export(profile, cancellation))
            {
                item.WriteTo(writer);
                if (writer.BytesPending > FlushBytes) await writer.FlushAsync(cancellation);
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}

/// <summary>What the person herself has told.</summary>
internal sealed class ProfileExport : IExports
{
    public string Name => "profile";

    public async IAsyncEnumerable<JsonNode> Export(Profile profile,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        yield return JsonSerializer.SerializeToNode(profile, ClubJson.Answers)!;
    }
}
