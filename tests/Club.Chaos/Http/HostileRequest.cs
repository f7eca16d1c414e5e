using System.Text;

namespace Club.Chaos.Http;

/// <summary>One request, as bytes.</summary>
/// <param name="Number">With the seed it makes the same request again, but for ids and signatures, which differ from host to host.</param>
/// <param name="Pieces">In how many pieces the body is written, with a pause after each.</param>
/// <param name="IsWhole">Whether the body is as long as the head says; if not, the connection is of no further use.</param>
internal sealed record HostileRequest(int Number, string Verb, byte[] Head, byte[] Body, int Pieces, bool IsWhole)
{
    private const int MostShown = 1_500;

    public override string ToString() => $"{Shown(Encoding.Latin1.GetString(Head))}{Shown(Encoding.UTF8.GetString(Body))}";

    private static string Shown(string text) => text.Length <= MostShown ? text : $"{text[..MostShown]}… ({text.Length})";
}
