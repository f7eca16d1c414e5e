using System.Text;
using Club.Access;
using Club.Kernel;
using Club.Members;
using Club.Running;
using Xunit;

namespace Club.Tests.Members;

/// <summary>Complaints over time: reminded of, full, lapsed, and of somebody who is forgotten.</summary>
public sealed class ComplaintTests : IAsyncDisposable
{
    private static readonly Caller Staff = Caller.OperatorAs("A017");
    private readonly ClubFixture _club = new("skoda", keys: new MemoryStore());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ComplaintLog Log => _club.Get<ComplaintLog>();

    [Fact]
    public async Task Each_day_that_it_is_overdue_reminds_once()
    {
        var (member, id) = await Open();
        for (var day = 2; day < 15; day++)
        {
            _club.At(2026, 3, day);
            await _club.Sweep(ComplaintSweep.Word);
            await _club.Sweep(ComplaintSweep.Word);
        }
        var complaint = (await Log.Of(member, Staff, 10, null, Cancellation))!.Value.Items.Single();
        Assert.Equal((5, true, id), (complaint.Reminders, complaint.Overdue, complaint.Id));
        await Log.Follow(member, id, new ComplaintStep("完成", ComplaintState.Closed, null, null), Staff, Cancellation);
        _club.At(2026, 3, 20);
        await _club.Sweep(ComplaintSweep.Word);
        Assert.Equal(5, (await Log.Of(member, Staff, 10, null, Cancellation))!.Value.Items.Single().Reminders);
    }

    [Fact]
    public async Task One_that_is_full_can_still_be_closed()
    {
        var (member, id) = await Open();
        for (var step = 1; step < Complaint.MostNotes; step++) Assert.True((await Step(member, id)).Succeeded);
        Assert.Equal("complaint-full", (await Step(member, id)).Problem!.Code);
        Assert.Equal(ComplaintState.Closed, (await Step(member, id, ComplaintState.Closed)).Value.State);
    }

    [Fact]
    public async Task After_its_days_its_texts_go_and_what_is_added_then_is_sealed_as_before()
    {
        var (member, id) = await Open();
        await Step(member, id, ComplaintState.Closed);
        _club.At(2029, 3, 2);
        await _club.Sweep(ForgetSweep.Word);
        var lapsed = (await Log.Of(member, Staff, 10, null, Cancellation))!.Value.Items.Single();
        Assert.Equal("", lapsed.Subject + string.Concat(lapsed.Notes.Select(note => note.Text)));
        await Log.Follow(member, id, new ComplaintStep("王小明 13800138000", ComplaintState.Open, null, null), Staff, Cancellation);
        var raw = Encoding.UTF8.GetString((await _club.Raw.Read(member, id, Cancellation))!.Json.Span);
        Assert.StartsWith("{\"sealed\"", raw, StringComparison.Ordinal);
    }

    private Task<Outcome<ComplaintView>> Step(MemberId member, string id, ComplaintState? state = null) =>
        Log.Follow(member, id, new ComplaintStep("x", state, null, null), Staff, Cancellation);

    private async Task<(MemberId, string)> Open()
    {
        var member = (await _club.Register()).MemberId;
        return (member, (await Log.Open(member, new ComplaintRequest("等待", "三小时", null, null, null, null), null, Staff, Cancellation)).Value.Answer.Id);
    }

    public ValueTask DisposeAsync() => _club.DisposeAsync();
}
