param location string
param tags object
param emails string[]
param workspaceId string
param serviceBusId string
param cosmosId string

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-club'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'club'
    enabled: true
    emailReceivers: [for (email, i) in emails: { name: 'mail-${i}', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'club-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'A queue has dead letters: messages that failed ten times. Look at them, then send them again.'
    severity: 1
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead letters'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['transactions', 'work'] }]
          operator: 'GreaterThan'
          threshold: 0
          timeAggregation: 'Maximum'
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

resource throttled 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'club-database-throttled'
  location: 'global'
  tags: tags
  properties: {
    description: 'The database refuses requests for want of throughput (429). The client repeats single ones; many mean that the limit is too low.'
    severity: 2
    enabled: true
    scopes: [cosmosId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'throttled requests'
          metricNamespace: 'Microsoft.DocumentDB/databaseAccounts'
          metricName: 'TotalRequests'
          dimensions: [{ name: 'StatusCode', operator: 'Include', values: ['429'] }]
          operator: 'GreaterThan'
          threshold: 100
          timeAggregation: 'Count'
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

// Service Bus measures no age. A queue that was never empty for half an hour may hold a message of that age.
resource waiting 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'club-queue-waiting'
  location: 'global'
  tags: tags
  properties: {
    description: 'A queue was not empty at any moment of half an hour: messages come in faster than they are handled, or are not handled at all.'
    severity: 2
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT30M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'messages that wait'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'ActiveMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['transactions', 'work'] }]
          operator: 'GreaterThan'
          threshold: 0
          timeAggregation: 'Minimum'
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

// From the requests' log: the plan has no metric of answers by status for every kind of app. One answer in a hundred, and not a single slip.
resource serverErrors 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'club-server-errors'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'club-server-errors'
    description: 'HTTP functions answered 5xx three times or more in five minutes, and one time in a hundred: WeChat, the website or staff met a fault.'
    severity: 1
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: 'AppRequests | summarize Answers = count(), Failed = countif(ResultCode startswith "5") | where Failed >= 3 and Failed * 100 >= Answers'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}
