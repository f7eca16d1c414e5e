using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Edges;

/// <summary>A delivery that was answered: a second one gets the same answer and does nothing.</summary>
public sealed record Delivered : IStored<Delivered>
{
    public required string Partition { get; init; }
    public required string Answer { get; init; }

    /// <summary>A digest of what was delivered, where one id with other content is to be refused.</summary>
    public string? Content { get; init; }

    /// <summary>When the record may go. Senders retry for about 75 hours (Standard Webhooks 1.0).</summary>
    public required DateOnly ForgetOn { get; init; }

    static string IStored<Delivered>.DocumentType => "delivered";
    static JsonTypeInfo<Delivered> IStored<Delivered>.JsonType => EdgesDocuments.Default.Delivered;
    [JsonIgnore] public string DocumentId => "delivered";
    [JsonIgnore] public IndexKeys Index => new([new(DueIndex.Forget, IndexKeys.Date(ForgetOn))], Ids.Bucket(Partition));
}

/// <summary>Remembers answers by the sender's delivery id.</summary>
public sealed class Deliveries(IClubStore store, ClubCalendar calendar) : IForgets
{
    private const int DaysKept = 14;

    public string DocumentType => "delivered";

    public async ValueTask<Delivered?> Find(string channel, string deliveryId, CancellationToken cancellation) =>
        (await store.Read<Delivered>(PartitionOf(channel, deliveryId), "delivered", cancellation))?.Value;

    /// <summary>Keeps an answer; when another handler of the same delivery was first, its answer stands.</summary>
    public async ValueTask Keep(string channel, string deliveryId, string answer, CancellationToken cancellation, string? content = null)
    {
        var delivered = new Delivered { Partition = PartitionOf(channel, deliveryId), Answer = answer, Content = content,
            ForgetOn = calendar.Today.AddDays(DaysKept) };
        await store.Commit(delivered.Partition, [delivered.ToCreate()], cancellation);
    }

    public async Task Forget(Document old, CancellationToken cancellation) =>
        await store.Commit(old.Partition, [new Write.Delete(old.Id, old.ETag)], cancellation);

    /// <summary>Hashed: delivery ids of WeChat hold an openId.</summary>
    private static string PartitionOf(string channel, string deliveryId) => Ids.Derived($"delivery:{channel}:", deliveryId);
}
