using Xunit;

namespace Club.Azure.Tests.Cloud;

/// <summary>As a fixture of tests; the benchmark <c>worker</c> uses the rest without them.</summary>
public sealed partial class AzureClub : IAsyncLifetime;
