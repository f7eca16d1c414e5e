namespace Club.Kernel;

/// <summary>What waits in the queues of a host that keeps them itself. A host whose queues are a service of their own has none: the service
/// tells.</summary>
public interface IBacklog
{
    /// <summary>The age of the oldest message that waits or runs, in seconds; null when there is none.</summary>
    double? OldestSeconds();

    /// <summary>Messages that were found damaged since the start, and were set aside.</summary>
    int Damaged => 0;
}
