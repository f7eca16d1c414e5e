using System.Text;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Proof;
using Xunit;

namespace Club.Tests.Proof;

/// <summary>A proof that somebody else hands over: whatever it holds, the answer is a sentence.</summary>
public sealed class ProofRulesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_changed_in_a_proof_it_holds_no_more()
    {
        var file = Encoding.UTF8.GetString(await File());
        var changed = 0;
        foreach (var path in new[] { "memberId", "sequence", "head", "index", "path.0", "root.day", "root.number", "root.heads", "root.tree",
            "root.previous", "root.root", "format" })
        {
            foreach (var value in new JsonNode?[] { null, "", "x", 0, -1, 7, long.MaxValue, 1e300, true, new JsonArray(), new JsonObject(),
                new string('0', 64), new string('F', 64), new string('a', 300), "M\n1", "2026-03-05" })
            {
                var json = Changed(file, path, value?.DeepClone());
                if (json == file) continue;
                changed++;
                Assert.Equal("invalid-proof", ProofRules.Check(Encoding.UTF8.GetBytes(json), null).Problem?.Code);
            }
        }
        Assert.True(changed > 150, $"{changed}");
        Assert.True(ProofRules.Check(Encoding.UTF8.GetBytes(file), null).Succeeded);
    }

    [Fact]
    public async Task Any_bytes_are_answered_with_a_sentence()
    {
        var file = await File();
        var random = new Random(3);
        foreach (var text in new[] { "", " ", "null", "[]", "{}", "\"x\"", "{\"format\":\"club-proof/1\"}", new string('[', 5000), "\ud800" })
            Assert.NotNull(ProofRules.Check(Encoding.UTF8.GetBytes(text), null).Problem);
        for (var length = 0; length < file.Length; length += 13) Assert.NotNull(ProofRules.Check(file.AsSpan(0, length), null).Problem);
        var proof = ProofRules.Check(file, null).Value;
        for (var round = 0; round < 2000; round++)
        {
            var damaged = file.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            // A name that nobody reads, a space, the time and digits of the same value change nothing that is proven.
            if (ProofRules.Check(damaged, proof.Root.Root) is { Succeeded: true } still)
                Assert.Equal((proof.MemberId, proof.Sequence, proof.Head, proof.Root.Day), (still.Value.MemberId, still.Value.Sequence,
                    still.Value.Head, still.Value.Root.Day));
            ProofRules.Compare(proof, damaged);
        }
    }

    [Fact]
    public async Task A_ledger_is_compared_page_by_page()
    {
        await using var club = new ClubFixture();
        var one = await ProofFlowTests.Joined(club, 0);
        await ProofFlowTests.Bill(club, 0, 5);
        await club.Sweep(RootJob.Word);
        var proof = await ProofFlowTests.Prove(club, one);
        var ledger = JsonNode.Parse(await ProofFlowTests.Ledger(club, one))!;
        Assert.Null(Compare(ledger));
        var page = ledger.DeepClone();
        page["items"]!.AsArray().RemoveAt(4);
        Assert.Null(Compare(page));
        Assert.Equal((2, 5), ProofRules.Compare(proof, Bytes(page)).Value);
        // Two pages are one ledger, and one that stands alone is nothing that is known.
        Assert.Equal((1, 5), ProofRules.Compare(proof, Bytes(page), Bytes(Only(1))).Value);
        Assert.Contains("After entry 2 the ledger goes on with entry 4", Compare(Only(1, 2, 4, 5)), StringComparison.Ordinal);
        Assert.Contains("tells entry 3 twice", ProofRules.Compare(proof, Bytes(ledger), Bytes(Raised())).Problem!.Message, StringComparison.Ordinal);
        page["items"]!.AsArray().RemoveAt(0);
        Assert.Contains("does not hold entry 5", Compare(page), StringComparison.Ordinal);
        Assert.Contains("Entry 3 was changed", Compare(Raised()), StringComparison.Ordinal);
        // Only words, which no hash covers.
        var told = ledger.DeepClone();
        told["items"]![2]!["explanation"]![0]!["arithmetic"] = "1 + 1 = 3";
        Assert.Null(Compare(told));

        string? Compare(JsonNode json) => ProofRules.Compare(proof, Bytes(json)).Problem?.Message;
        JsonNode Only(params long[] numbers) => new JsonObject
        {
            ["items"] = new JsonArray([.. ledger["items"]!.AsArray().Where(one => numbers.Contains((long)one!["sequence"]!)).Select(one => one!.DeepClone())]),
        };

        JsonNode Raised()
        {
            var raised = ledger.DeepClone();
            raised["items"]![2]!["points"] = 999;
            return raised;
        }

        static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static async Task<byte[]> File()
    {
        await using var club = new ClubFixture();
        for (var day = 2; day < 4; day++)
        {
            club.At(2026, 3, day);
            for (var i = 0; i < 5; i++)
            {
                if (day == 2) await ProofFlowTests.Joined(club, i);
                await ProofFlowTests.Bill(club, i, 1, $"{day}");
            }
            await club.Get<RootMaker>().Make(Cancellation);
        }
        var first = (await club.Get<Roots>().Latest(Cancellation))!;
        Assert.Equal(5, first.Heads);
        await foreach (var document in Heads(club)) return ProofFlowTests.Json(await ProofFlowTests.Prove(club, document));
        throw new InvalidOperationException("There is no member.");
    }

    private static async IAsyncEnumerable<MemberId> Heads(ClubFixture club)
    {
        foreach (var document in await club.Changes())
            if (document.Type == "entry") yield return new MemberId(document.Partition);
    }

    private static string Changed(string file, string path, JsonNode? value)
    {
        var root = JsonNode.Parse(file)!;
        var (node, parts) = (root, path.Split('.'));
        foreach (var part in parts[..^1]) node = node![part];
        if (int.TryParse(parts[^1], out var index)) node!.AsArray()[index] = value;
        else node![parts[^1]] = value;
        return root.ToJsonString() is var json && JsonNode.DeepEquals(root, JsonNode.Parse(file)) ? file : json;
    }
}
