using System.Text;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Members;

/// <summary>A person is forgotten, and the ledger stays.</summary>
public sealed class EraseTests : IAsyncDisposable
{
    private const string Phone = "13800138000", Name = "王小明", Vin = "LSVFF26R7D2123456", Plate = "京A12345", OpenId = "oFan-1";
    private static readonly string[] Secrets = [Phone, Name, Vin, Plate, OpenId];
    private readonly ClubFixture _club = new(keys: new MemoryStore());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_the_person_is_left_and_the_ledger_is_as_it_was()
    {
        var member = await Live();
        var balance = await _club.Balance(member);
        var entries = (await _club.Entries(member)).Select(entry => entry.Hash).ToArray();

        var receipt = (await Erase(member)).Value;

        Assert.NotNull(receipt.DoneAt);
        Assert.Equal(["1 profiles", "4 identities", "1 messages", "1 rejections", "1 parked"],
            ((string[])["profiles", "identities", "messages", "rejections", "parked"]).Select(name => $"{receipt.Erased[name]} {name}"));
        Assert.Null(await _club.Get<Membership>().Find(member, Cancellation));
        Assert.Equal((balance, entries.Length), (await _club.Balance(member), entries.Length));
        Assert.Equal(entries, (await Stored(member)).Select(entry => entry.Hash).Reverse());
        Assert.Empty(await _club.Verify());
        var all = await Everything();
        foreach (var secret in Secrets) Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
    }

    /// <summary>Whoever kept a copy of the database, and reads it with the keys of today, reads nothing of her.</summary>
    [Fact]
    public async Task A_backup_taken_before_tells_nothing_of_her_and_everything_of_others()
    {
        var member = await Live();
        var other = await _club.Register("13900139000", one => one with { Name = "李娜" });
        var backup = new MemoryStore();
        for (ChangePage? page = null; page is not { Documents.Count: 0 };)
        {
            page = await _club.Raw.Changes(page?.Bookmark, cancellation: Cancellation);
            foreach (var document in page.Documents)
                await backup.Commit(document.Partition, [new Write.Create(document.Id, document.Type, document.Json, IndexKeys.None)], Cancellation);
        }
        await Erase(member);
        await using var restored = new ClubFixture(store: backup, keys: _club.Keys);
        Assert.Null(await restored.Get<Membership>().Find(member, Cancellation));
        Assert.Equal("李娜", (await restored.Get<Membership>().Find(other.MemberId, Cancellation))!.Name);
        var told = string.Concat((await restored.Changes()).Select(document => Encoding.UTF8.GetString(document.Json.Span)));
        foreach (var secret in Secrets) Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_back_is_a_new_member_and_gets_nothing_of_before()
    {
        var member = await Live();
        await Erase(member);
        var again = await _club.Register(Phone, WithAll);
        Assert.True(again.IsNew);
        Assert.NotEqual(member, again.MemberId);
        Assert.Equal(Points.Zero, await _club.Balance(again.MemberId));
        Assert.Equal(Fate.Booked, Assert.Single(await _club.Send(Events.Bill("NEW"))).Fate);
        Assert.NotEqual(Points.Zero, await _club.Balance(again.MemberId));
        Assert.Empty(await _club.Verify());
    }

    /// <summary>A member whose id follows from what she told is new all the same.</summary>
    [Fact]
    public async Task Who_has_a_number_that_was_anothers_comes_back_as_a_new_member_too()
    {
        Func<Registration, Registration> old = one => one with { Name = "赵一", Birthday = new DateOnly(1970, 1, 1) };
        Func<Registration, Registration> mine = one => one with { Name = Name, Birthday = new DateOnly(1990, 5, 5) };
        await _club.Register(Phone, old);
        var first = await _club.Register(Phone, mine);
        await Erase(first.MemberId);
        var second = await _club.Register(Phone, mine);
        Assert.NotEqual(first.MemberId, second.MemberId);
        Assert.Equal(second.MemberId, (await _club.Register(Phone, mine)).MemberId);
        Assert.Empty(await _club.Verify());
    }

    /// <summary>Of documents and of keys: what a kill leaves after each, the sweep ends, and no key of what is gone is left.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_after_any_write_is_made_up_for_by_the_sweep(bool ofKeys)
    {
        for (var writes = 0; writes < 80; writes++)
        {
            var (store, keys) = (new MemoryStore(), new MemoryStore());
            MemberId member;
            string rejection;
            await using (var club = new ClubFixture(store: store, keys: keys))
            {
                member = await Live(club);
                rejection = (await club.Changes()).Single(document => document.Type == "rejection"
                    && Encoding.UTF8.GetString(document.Json.Span).Contains("viel", StringComparison.Ordinal)).Partition;
            }
            var crashing = new CrashingStore(ofKeys ? keys : store) { Unanswered = writes % 2 == 0 };
            crashing.CrashAfter(writes / 2);
            var crashed = false;
            await using (var dying = ofKeys ? new ClubFixture(store: store, keys: crashing) : new ClubFixture(store: crashing, keys: keys))
            {
                try
                {
                    await Erase(member, dying);
                }
                catch (StoreException)
                {
                    crashed = true;
                }
            }
            await using var after = new ClubFixture(store: store, keys: keys);
            await after.Sweep(FinishSweep.Word);
            // Where the crash came before the first write nothing was begun.
            if ((await after.Get<EraseMember>().Find(member, Cancellation)) is null) await Erase(member, after);
            Assert.NotNull((await after.Get<EraseMember>().Find(member, Cancellation))!.DoneAt);
            Assert.Empty(await after.Verify());
            var all = await Everything(after);
            foreach (var secret in Secrets) Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
            foreach (var partition in (string[])[member, rejection])
                Assert.Null((await keys.Read<PersonKey>(partition, PersonKey.Id, Cancellation))?.Value.Key);
            if (!crashed) return;
        }
        Assert.Fail("It never got through.");
    }

    [Fact]
    public async Task Asked_for_again_by_the_id_of_one_who_was_merged_it_is_the_same_receipt()
    {
        var fan = (await _club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = OpenId }, Cancellation)).MemberId;
        var owner = (await _club.Register(Phone, form => form with { OpenId = OpenId })).MemberId;
        var receipt = (await Erase(fan)).Value;
        Assert.Equal((owner, receipt.DoneAt), ((await Erase(fan)).Value.MemberId, (await _club.Get<EraseMember>().Find(fan, Cancellation))!.DoneAt));
        // What is left where she was before tells no card either.
        Assert.Contains("\"cardNumber\":\"\"", Encoding.UTF8.GetString((await _club.Raw.Read(fan, Profile.Id, Cancellation))!.Json.Span), StringComparison.Ordinal);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_second_request_is_answered_the_same_and_two_at_once_erase_once()
    {
        var member = await Live();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Erase(member))));
        Assert.All(receipts, receipt => Assert.NotNull(receipt.Value.DoneAt));
        Assert.Single(receipts.Select(receipt => receipt.Value.DoneAt).Distinct());
        Assert.Equal(receipts[0].Value.Erased, (await Erase(member)).Value.Erased);
    }

    [Theory]
    [InlineData("王小明要求删除")]
    [InlineData("138 0013 8000 来电")]
    [InlineData("车主 京A·12345")]
    [InlineData("ＬＳＶＦＦ２６Ｒ７Ｄ２１２３４５６")]
    public async Task A_reason_that_names_the_person_is_refused(string reason)
    {
        var member = await Live();
        Assert.Equal("$.reason", (await _club.Get<EraseMember>().Handle(member, reason, Caller.OperatorAs("A017"), Cancellation)).Problem!.Path);
        Assert.NotNull(await _club.Get<Membership>().Find(member, Cancellation));
    }

    [Fact]
    public async Task What_comes_afterwards_for_the_old_ledger_still_goes_there()
    {
        var member = await Live();
        await Erase(member);
        var balance = await _club.Balance(member);
        Assert.Equal(Fate.Booked, Assert.Single(await _club.Send(Events.Return())).Fate);
        Assert.True(await _club.Balance(member) < balance);
        _club.At(2029, 3, 2);
        await _club.Sweep("tiers", "points", "care");
        Assert.Empty(await _club.Verify());
        Assert.Empty(_club.Sms.Sent);
    }

    [Fact]
    public async Task The_export_holds_everything_that_is_kept()
    {
        var member = await Live();
        var profile = (await _club.Get<Membership>().Find(member, Cancellation))!;
        using var stream = new MemoryStream();
        await _club.Get<ExportMember>().Write(stream, profile, Cancellation);
        var file = JsonNode.Parse(stream.ToArray())!;
        Assert.Equal((Name, "+86" + Phone, Vin), ((string?)file["profile"]![0]!["name"], (string?)file["profile"]![0]!["phone"],
            (string?)file["profile"]![0]!["vehicles"]![0]!["vin"]));
        Assert.Single(file["entries"]!.AsArray());
        Assert.Contains(Name, (string?)file["messages"]![0]!["text"], StringComparison.Ordinal);
        Assert.Contains(file["events"]!.AsArray(), happened => (string?)happened!["kind"] == "joined");
        foreach (var part in (string[])["account", "benefits", "readings"]) Assert.NotNull(file[part]);
    }

    private static Registration WithAll(Registration one) => one with { Name = Name, OpenId = OpenId, SmsConsent = true,
        Birthday = new DateOnly(1990, 3, 2), Vehicles = [new Vehicle(Vin, "明锐", null, Plate)] };

    private async Task<MemberId> Live(ClubFixture? club = null)
    {
        club ??= _club;
        var member = await club.Register(Phone, WithAll);
        await club.Send(Events.Bill(), Events.Return("NONE", "R-1"), Events.With(Events.Bill("X-1", "138 0013 8000"), "data.lines.0.amount", "viel"),
            Events.With(Events.Bill("P-1", "13600136000"), "data.note", $"代 {Phone} 付款"));
        return member.MemberId;
    }

    private Task<Outcome<Erasure>> Erase(MemberId member, ClubFixture? club = null) =>
        (club ?? _club).Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation);

    private async Task<IReadOnlyList<Entry>> Stored(MemberId member) =>
        [.. (await _club.Changes()).Where(document => document.Type == "entry" && document.Partition == member.Value)
            .Select(document => document.As<Entry>()).OrderBy(entry => entry.Sequence)];

    /// <summary>All that can be read of the club, with its keys.</summary>
    private async Task<string> Everything(ClubFixture? club = null) => string.Concat((await (club ?? _club).Changes())
        .Select(document => document.Partition + document.Id + Encoding.UTF8.GetString(document.Json.Span)));

    public ValueTask DisposeAsync() => _club.DisposeAsync();
}
