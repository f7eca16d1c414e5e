using System.Text;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Store;
using Xunit;

namespace Club.Tests.Identity;

/// <summary>What is personal is under a key, wherever it lies.</summary>
public sealed class SealedStoreTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new(keys: new MemoryStore());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_tells_of_a_person_is_kept_in_clear()
    {
        await Live();
        var raw = await Raw();
        foreach (var secret in (string[])["13800138000", "13700137000", "王小明", "京A12345", "LSVFF26R7D2123456", "oFan-1", "帆船"])
            Assert.DoesNotContain(secret, raw, StringComparison.Ordinal);
        Assert.Contains("\"sealed\"", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_opens_for_its_person_and_at_its_place_only_and_goes_with_her()
    {
        var (texts, keys) = (_club.Get<SealedTexts>(), _club.Get<PersonKeys>());
        var closed = (await texts.Close("卡号 183538541321", "M1", "here", Cancellation))!;
        await texts.Close("x", "M2", "here", Cancellation);
        Assert.DoesNotContain("183538541321", closed, StringComparison.Ordinal);
        Assert.Equal("卡号 183538541321", await texts.Open(closed, "M1", "here", Cancellation));
        foreach (var (text, member, place) in ((string, string, string)[])[(closed, "M1", "there"), (closed, "M2", "here"),
            ((closed[0] == 'A' ? 'B' : 'A') + closed[1..], "M1", "here"), ("", "M1", "here"), ("?", "M1", "here")])
            await Assert.ThrowsAsync<StoreException>(async () => await texts.Open(text, member, place, Cancellation));
        await keys.Destroy("M1", Cancellation);
        Assert.Null(await texts.Open(closed, "M1", "here", Cancellation));
        Assert.Null(await texts.Close("x", "M1", "here", Cancellation));
    }

    [Fact]
    public async Task It_is_found_by_name_plate_and_hobby_all_the_same()
    {
        var member = (await Live()).ToString();
        foreach (var (index, value) in ((string, string)[])[(Profile.NameIndex, "王小明"), (Profile.PlateIndex, "京A12345"), (Profile.HobbyIndex, "帆船")])
        {
            Assert.Equal([member], (await _club.Store.Find(IndexQuery.Equal(index, value), Cancellation)).Documents.Select(found => found.Partition));
            Assert.Empty((await _club.Store.Find(IndexQuery.Equal(index, value + "x"), Cancellation)).Documents);
        }
        await Assert.ThrowsAsync<ArgumentException>(async () => await _club.Store.Find(IndexQuery.Prefix(Profile.NameIndex, "王"), Cancellation));
    }

    [Fact]
    public async Task Without_its_key_a_document_is_as_if_it_were_not_there_and_nothing_personal_comes_back()
    {
        var member = await Live();
        var before = (await _club.Store.Read(member, Profile.Id, Cancellation))!;
        await _club.Get<PersonKeys>().Destroy(member, Cancellation);
        Assert.Null(await _club.Store.Read(member, Profile.Id, Cancellation));
        Assert.DoesNotContain(await _club.Changes(), document => document.Partition == member.Value && document.Type is "profile" or "sms");
        Assert.Empty((await _club.Store.Find(IndexQuery.Equal(Profile.NameIndex, "王小明"), Cancellation)).Documents);
        Write again = before.As<Profile>().ToReplace(before.ETag);
        Assert.IsType<CommitResult.Conflict>(await _club.Store.Commit(member, [again], Cancellation));
        Assert.NotEqual(Points.Zero, await _club.Balance(member));
    }

    /// <summary>Whoever can write into the database but has no key puts nobody's name on another's account.</summary>
    [Fact]
    public async Task A_document_that_is_moved_or_changed_is_not_opened()
    {
        var member = await Live();
        var other = (await _club.Register("13900139000")).MemberId;
        var stored = (await _club.Raw.Read(member, Profile.Id, Cancellation))!;
        var elsewhere = (await _club.Raw.Read(other, Profile.Id, Cancellation))!;
        await _club.Raw.Commit(other,
            [new Write.Replace(Profile.Id, "profile", stored.Json, IndexKeys.None, elsewhere.ETag)], Cancellation);
        await Assert.ThrowsAsync<StoreException>(async () => await _club.Store.Read(other, Profile.Id, Cancellation));
        var text = Encoding.UTF8.GetString(stored.Json.Span);
        for (var at = 12; at < text.Length - 2; at += 7)
        {
            var broken = text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
            var now = (await _club.Raw.Read(member, Profile.Id, Cancellation))!;
            await _club.Raw.Commit(member,
                [new Write.Replace(Profile.Id, "profile", Encoding.UTF8.GetBytes(broken), IndexKeys.None, now.ETag)], Cancellation);
            await Assert.ThrowsAsync<StoreException>(async () => await _club.Store.Read(member, Profile.Id, Cancellation));
        }
    }

    [Fact]
    public async Task Of_two_who_make_a_key_at_once_both_get_the_same()
    {
        var keys = new MemoryStore();
        var makers = Enumerable.Range(0, 32).Select(_ => new PersonKeys(keys, TimeProvider.System)).ToArray();
        var made = await Task.WhenAll(makers.Select(maker => Task.Run(() => maker.Take("M1", Cancellation))));
        Assert.Single(made.Select(key => Convert.ToHexString(key!)).Distinct());
    }

    [Fact]
    public async Task A_key_that_another_host_destroyed_is_not_written_with()
    {
        var keys = new MemoryStore();
        var (here, there) = (new PersonKeys(keys, TimeProvider.System), new PersonKeys(keys, TimeProvider.System));
        Assert.NotNull(await here.Take("M1", Cancellation));
        await there.Destroy("M1", Cancellation);
        Assert.Null(await here.Take("M1", Cancellation));
        await there.Destroy("M2", Cancellation);
        Assert.Null(await here.Take("M2", Cancellation));
        Assert.Null(await here.Find("M2", Cancellation));
    }

    private async Task<MemberId> Live()
    {
        var member = await _club.Register(with: one => one with { Name = "王小明", OpenId = "oFan-1", Hobbies = ["帆船"], SmsConsent = true,
            Vehicles = [new Vehicle("LSVFF26R7D2123456", "明锐", null, "京A12345")] });
        await _club.Send(Events.Bill(), Events.Bill("P-1", "13700137000"), Events.Bill("X-1", member: new { phone = "13800138000", vin = "x" }));
        return member.MemberId;
    }

    private async Task<string> Raw()
    {
        var text = new StringBuilder();
        for (ChangePage? page = null; page is not { Documents.Count: 0 };)
        {
            page = await _club.Raw.Changes(page?.Bookmark, cancellation: Cancellation);
            foreach (var document in page.Documents) text.Append(document.Id).Append(Encoding.UTF8.GetString(document.Json.Span));
        }
        return text.ToString();
    }

    public ValueTask DisposeAsync() => _club.DisposeAsync();
}
